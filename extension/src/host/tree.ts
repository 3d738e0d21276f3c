import type { CommandName } from './commands.ts';
import type { Event } from './event.ts';

export interface Icon {
  /** One of the editor's own: https://code.visualstudio.com/api/references/icons-in-labels */
  readonly name: string;
  /** A theme colour's id. */
  readonly color?: string;
}

/** How a row is coloured and lettered: a severity, or nothing known. */
export type Mark = 'stop' | 'caution' | 'stale';

/** One line of a view, as plain data. Texts of others were cleaned before they came here. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  readonly mark?: Mark;
  readonly children: 'none' | 'collapsed' | 'expanded';
  /** Words that `when` clauses of commands look for. */
  readonly context: readonly string[];
  /** What a click does; the row itself is its argument. */
  readonly click?: CommandName;
  /** What a screen reader says, where label and description don't suffice. */
  readonly spoken?: string;
}

/**
 * What a view shows. A node is known by its identity while it is shown, and by `id` over readings: the same id must be the
 * same object for as long as it is shown.
 */
export interface TreeSource<Node extends { readonly id: string }> {
  /** @param of `null`: the roots */
  children(of: Node | null): readonly Node[] | Promise<readonly Node[]>;
  parent(node: Node): Node | null;
  row(node: Node): Row;
  /** Markdown, asked for when somebody hovers; texts of others in it are escaped. `null`: nothing. */
  hover(node: Node): string | null | Promise<string | null>;
  /** Nodes whose row or children changed; `null`: the roots. Never an empty list. */
  readonly onDidChange: Event<readonly (Node | null)[]>;
}

/** A view, which stands before there is anything to show in it. */
export interface TreeHandle {
  attach<Node extends { readonly id: string }>(source: TreeSource<Node>): void;
  readonly visible: boolean;
  readonly onDidChangeVisible: Event<boolean>;
  readonly selection: readonly unknown[];
  /** @param count 0 shows none */
  badge(count: number, tooltip: string): void;
  /** Above the rows; `null`: none. */
  message(text: string | null): void;
  /** Beside the view's title; `null`: none. */
  describe(text: string | null): void;
}
