/** A modal question. It is answered by one of its actions or not at all; closing it answers nothing. */
interface Question<Action extends string> {
  readonly message: string;
  readonly detail: string;
  readonly actions: readonly Action[];
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  readonly picked?: boolean;
  /** A line between items instead of one. */
  readonly separator?: boolean;
  readonly value: T;
}

/** Where a question stands in a row of several. */
export interface StepPlace {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
}

export type Step<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'back' | 'cancelled' };

export interface Dialogs {
  /** @returns `null` when it was closed */
  ask<Action extends string>(question: Question<Action>): Promise<Action | null>;
  /** A toast. @returns the action that was chosen, `null` when none was */
  notify<Action extends string>(
    level: 'info' | 'warning' | 'error',
    message: string,
    ...actions: readonly Action[]
  ): Promise<Action | null>;
  pick<T>(items: readonly PickItem<T>[], place: StepPlace & { readonly placeholder: string }): Promise<Step<T>>;
  pickSeveral<T>(
    items: readonly PickItem<T>[],
    place: StepPlace & { readonly placeholder: string },
  ): Promise<Step<readonly T[]>>;
  input(
    options: StepPlace & {
      readonly prompt: string;
      readonly placeholder?: string;
      readonly value?: string;
      readonly password?: boolean;
      /** A sentence on what is wrong; `null` when nothing is. */
      readonly validate?: (text: string) => string | null;
    },
  ): Promise<Step<string>>;
  /** Shows that something is being done. @param cancellable with a button that aborts the signal */
  progress<T>(title: string, cancellable: boolean, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** @returns the file's path, `null` when none was chosen */
  openFile(title: string): Promise<string | null>;
  saveFile(title: string, name: string): Promise<string | null>;
}
