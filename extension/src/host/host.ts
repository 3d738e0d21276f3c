import type { CommandName } from './commands.ts';
import type { ContextKey } from './context-keys.ts';
import type { Dialogs } from './dialogs.ts';
import type { Disposable, Event } from './event.ts';
import type { Modals } from './modals.ts';
import type { Panels } from './panels.ts';
import type { EditorSettings } from './settings.ts';
import type { TreeHandle } from './tree.ts';
import type { ViewName } from './views.ts';

/** Secrets that the editor keeps. A missing keyring gives `null`, or throws. */
export interface SecretStore {
  get(name: string): Promise<string | null>;
  store(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** The names of all that is kept for this computer; none where the editor keeps the secrets of several in one place. */
  keys(): Promise<readonly string[]>;
  /** May not tell of changes that this very window made. */
  readonly onDidChange: Event<string>;
}

/** Small things that outlive a session. */
interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Promise<void>;
}

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  show(): void;
}

/** One short item in the status bar. */
export interface StatusItem {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly click: CommandName | { readonly view: ViewName };
  readonly level: 'normal' | 'warning' | 'error';
}

/** A server for the editor's own assistant, without its secrets. */
export interface McpServer {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
}

export interface McpServers {
  readonly servers: () => Promise<readonly McpServer[]>;
  /** Called when a server is about to start; may read secrets. `null`: it can't start, and the person was told why. */
  readonly resolve: (server: McpServer) => Promise<McpServer | null>;
  readonly onDidChange: Event<void>;
}

/** All that the extension needs of the editor: plain data in, plain data out, so that what decides runs without one. */
export interface Host {
  readonly dialogs: Dialogs;
  readonly modals: Modals;
  readonly panels: Panels;
  readonly trees: Readonly<Record<ViewName, TreeHandle>>;
  readonly settings: EditorSettings;
  readonly secrets: SecretStore;
  readonly memory: Memory;
  readonly log: Log;
  readonly window: { readonly focused: boolean; readonly onDidChangeFocus: Event<boolean> };
  readonly clipboard: { write(text: string): Promise<void> };
  readonly places: {
    /** Where the extension may keep files, for all windows; may not exist yet. */
    readonly storage: string;
    /** Where the extension itself lies. */
    readonly extension: string;
  };
  /** This extension's own id: `publisher.name`. */
  readonly id: string;
  readonly version: string;
  /** `null`: shows nothing. */
  status(item: StatusItem | null): void;
  setContext(key: ContextKey, value: boolean | string): void;
  /** Opens an address outside the editor. Callers have looked at it. */
  openExternal(url: string): Promise<void>;
  /** Opens a file to edit, or a text to read. */
  openFile(path: string): Promise<void>;
  openText(text: string): Promise<void>;
  run(command: CommandName, ...args: readonly unknown[]): Promise<void>;
  /** One of the editor's own commands. */
  runBuiltIn(command: string, ...args: readonly unknown[]): Promise<void>;
  /** `false`: this editor takes no servers from extensions. */
  offerMcp(servers: McpServers): boolean;
  readonly subscriptions: { add<T extends Disposable>(disposable: T): T };
}
