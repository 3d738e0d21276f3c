import type { Disposable, Event } from './event.ts';

/** A page of ours in the editor's area. What it shows it is sent; what its person does it sends. */
export interface Panel extends Disposable {
  /** What it is about; a second one for the same is not opened. */
  readonly key: string;
  title(text: string): void;
  post(message: unknown): void;
  /** Nothing about a message is certain but that it came from the page. */
  readonly onMessage: Event<unknown>;
  readonly onDispose: Event<void>;
  reveal(): void;
  /** Gives it the focus back, where it is still the page in front. */
  refocus(): void;
}

export interface Panels {
  /** Opens the page, or shows the one that is open for the same key: then `isNew` is false. */
  open(key: string, title: string): { readonly panel: Panel; readonly isNew: boolean };
  /** Pages that the editor opens again after a reload; those from before it was asked are kept until then. */
  restored(handle: (panel: Panel) => void): Disposable;
}
