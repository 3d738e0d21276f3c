import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandName } from '../../extension/src/host/commands.ts';
import type { Step, StepPlace } from '../../extension/src/host/dialogs.ts';
import { createDisposables } from '../../extension/src/host/disposables.ts';
import { createEmitter, type Emitter } from '../../extension/src/host/event.ts';
import type { Host, McpServers, StatusItem } from '../../extension/src/host/host.ts';
import { watchModals } from '../../extension/src/host/modals.ts';
import type { Panel } from '../../extension/src/host/panels.ts';
import { plainMessage } from '../../extension/src/host/plain-message.ts';
import { SETTINGS, type SettingName, type SettingValues } from '../../extension/src/host/settings.ts';
import type { Row, TreeHandle, TreeSource } from '../../extension/src/host/tree.ts';
import type { ViewName } from '../../extension/src/host/views.ts';

/** What was asked of the person, in order. */
export type Asked =
  | { readonly kind: 'ask'; readonly message: string; readonly detail: string; readonly actions: readonly string[] }
  | { readonly kind: 'notify'; readonly level: string; readonly message: string; readonly actions: readonly string[] }
  | {
      readonly kind: 'pick' | 'pickSeveral';
      readonly title: string;
      readonly placeholder: string;
      readonly labels: readonly string[];
      readonly picked: readonly string[];
      readonly step: string;
    }
  | {
      readonly kind: 'input';
      readonly title: string;
      readonly prompt: string;
      readonly password: boolean;
      readonly step: string;
      /** What stands there already. */
      readonly value: string;
      /** Why the last answer was not taken; `null`: it is asked for the first time. */
      readonly problem: string | null;
    }
  | { readonly kind: 'openFile' | 'saveFile'; readonly title: string };

/** What the person does when asked: an action's or item's label (or several), a text, `null` to close it, `'<back>'` to go back. */
export type Reply = (asked: Asked) => Answer | Promise<Answer>;

type Answer = string | readonly string[] | null;

/** A view as a person sees it. */
interface SeenTree {
  readonly handle: TreeHandle;
  /** Rows as they stand, with those under them where they are open. */
  rows(): Promise<readonly SeenRow[]>;
  /** Nodes by their row's label, anywhere in what is shown. */
  node(label: string): Promise<object>;
  /** How often rows were told to have changed, and which. */
  readonly changes: readonly (readonly (string | null)[])[];
  badgeCount: number;
  badgeTooltip: string;
  messageText: string | null;
  /** Beside the title. */
  titleText: string | null;
  select(...nodes: readonly object[]): void;
  show(visible: boolean): void;
  hover(node: object): Promise<string | null>;
}

interface SeenRow extends Row {
  readonly id: string;
  readonly under: readonly SeenRow[];
}

export interface MemoryHost extends Host {
  readonly asked: readonly Asked[];
  readonly posted: ReadonlyMap<string, readonly unknown[]>;
  readonly seen: Readonly<Record<ViewName, SeenTree>>;
  readonly context: ReadonlyMap<string, boolean | string>;
  readonly statusItem: StatusItem | null;
  readonly copied: readonly string[];
  readonly opened: readonly string[];
  readonly ran: readonly { readonly command: string; readonly args: readonly unknown[] }[];
  readonly logged: readonly string[];
  readonly secretsKept: Map<string, string>;
  readonly remembered: Map<string, unknown>;
  readonly mcp: McpServers | null;
  focus(focused: boolean): void;
  reply(how: Reply): void;
  /** What a page says. */
  say(key: string, message: unknown): void;
  closePanel(key: string): void;
  restorePanel(key: string): void;
  set<Name extends SettingName>(name: Name, value: SettingValues[Name]): void;
  /** From now on the keyring fails. */
  breakSecrets(): void;
  mendSecrets(): void;
  /** The person presses "Cancel" beside what is being done. */
  cancelProgress(): void;
  /** The window closes, or is loaded anew. */
  close(): void;
}

/**
 * An editor without windows: what the extension shows is kept, and its questions are answered by `reply`.
 *
 * @param before a window of the same editor, whose files, secrets and memory this one finds
 */
export function createMemoryHost(before?: MemoryHost): MemoryHost {
  const asked: Asked[] = [];
  const posted = new Map<string, unknown[]>();
  const context = new Map<string, boolean | string>();
  const copied: string[] = [];
  const opened: string[] = [];
  const ran: { command: string; args: readonly unknown[] }[] = [];
  const logged: string[] = [];
  const secretsKept = before?.secretsKept ?? new Map<string, string>();
  const remembered = before?.remembered ?? new Map<string, unknown>();
  const settings = new Map<SettingName, unknown>();
  const settingChanges = createEmitter<SettingName>();
  const focusChanges = createEmitter<boolean>();
  const secretChanges = createEmitter<string>();
  const restored = createEmitter<Panel>();
  const panels = new Map<string, { panel: Panel; messages: Emitter<unknown>; ended: Emitter<void> }>();
  const subscriptions = createDisposables();
  let focused = true;
  let areSecretsBroken = false;
  let progress: AbortController | null = null;
  let statusItem: StatusItem | null = null;
  let mcp: McpServers | null = null;
  let reply: Reply = (question) => {
    throw new Error(`Nobody answers: ${JSON.stringify(question)}`);
  };
  const hear = async (question: Asked) => {
    asked.push(question);
    return await reply(question);
  };
  const step = <T>(
    answer: string | readonly string[] | null,
    read: (text: string | readonly string[]) => T,
  ): Step<T> =>
    answer === null
      ? { kind: 'cancelled' }
      : answer === '<back>'
        ? { kind: 'back' }
        : { kind: 'done', value: read(answer) };
  const find = <T>(items: readonly { readonly label: string; readonly value: T }[], label: string): T => {
    const item = items.find((one) => one.label === label);
    if (!item) throw new Error(`There is no "${label}" among ${items.map((one) => one.label).join(', ')}`);
    return item.value;
  };
  const stepOf = ({ step: at, totalSteps }: StepPlace) => (at === undefined ? '' : `${at}/${totalSteps ?? '?'}`);
  const picking = (
    items: readonly { readonly label: string; readonly picked?: boolean }[],
    place: StepPlace & { readonly placeholder: string },
  ) => ({
    title: place.title,
    placeholder: place.placeholder,
    step: stepOf(place),
    labels: items.map(({ label }) => label),
    picked: items.filter(({ picked }) => picked).map(({ label }) => label),
  });
  const { dialogs, modals } = watchModals({
    ask: async ({ message, detail, actions }) => {
      const answer = await hear({ kind: 'ask', message, detail, actions });
      return actions.find((action) => action === answer) ?? null;
    },
    notify: async (level, text, ...actions) => {
      const message = plainMessage(text);
      asked.push({ kind: 'notify', level, message, actions });
      if (actions.length === 0) return null;
      const answer = await reply({ kind: 'notify', level, message, actions });
      return actions.find((action) => action === answer) ?? null;
    },
    pick: async (items, place) => {
      const answer = await hear({ kind: 'pick', ...picking(items, place) });
      return step(answer, (label) => find(items, String(label)));
    },
    pickSeveral: async (items, place) => {
      const answer = await hear({ kind: 'pickSeveral', ...picking(items, place) });
      return step(answer, (labels) => [labels].flat().map((label) => find(items, label)));
    },
    input: async ({ prompt, password = false, value = '', validate, ...place }) => {
      let problem: string | null = null;
      for (;;) {
        const answer = await hear({
          kind: 'input',
          title: place.title,
          step: stepOf(place),
          prompt,
          password,
          value,
          problem,
        });
        const wrong: string | null =
          typeof answer === 'string' && answer !== '<back>' ? (validate?.(answer) ?? null) : null;
        if (wrong === null) return step(answer, String);
        if (wrong === problem) throw new Error(`"${String(answer)}" is not taken: ${wrong}`);
        problem = wrong;
      }
    },
    progress: async (_title, cancellable, work) => {
      const controller = new AbortController();
      progress = cancellable ? controller : null;
      try {
        return await work(controller.signal);
      } finally {
        progress = null;
      }
    },
    openFile: async (title) => {
      const answer = await hear({ kind: 'openFile', title });
      return answer === null ? null : String(answer);
    },
    saveFile: async (title) => {
      const answer = await hear({ kind: 'saveFile', title });
      return answer === null ? null : String(answer);
    },
  });
  function panelFor(key: string): Panel {
    const messages = createEmitter<unknown>();
    const ended = createEmitter<void>();
    const panel: Panel = {
      key,
      title: () => undefined,
      post: (message) => {
        posted.set(key, [...(posted.get(key) ?? []), message]);
      },
      onMessage: messages.event,
      onDispose: ended.event,
      reveal: () => undefined,
      refocus: () => undefined,
      dispose: () => {
        panels.delete(key);
        ended.fire();
      },
    };
    panels.set(key, { panel, messages, ended });
    return panel;
  }
  const seen = { pending: createSeenTree(), awaiting: createSeenTree(), decided: createSeenTree() };
  const checkSecrets = () => {
    if (areSecretsBroken) throw new Error('the keyring is not available');
  };
  return {
    asked,
    posted,
    seen,
    context,
    copied,
    opened,
    ran,
    logged,
    secretsKept,
    remembered,
    dialogs,
    modals,
    get statusItem() {
      return statusItem;
    },
    get mcp() {
      return mcp;
    },
    focus: (now) => {
      focused = now;
      focusChanges.fire(now);
    },
    reply: (how) => {
      reply = how;
    },
    say: (key, message) => panels.get(key)?.messages.fire(message),
    closePanel: (key) => panels.get(key)?.panel.dispose(),
    restorePanel: (key) => restored.fire(panelFor(key)),
    set: (name, value) => {
      settings.set(name, value);
      settingChanges.fire(name);
    },
    breakSecrets: () => {
      areSecretsBroken = true;
    },
    mendSecrets: () => {
      areSecretsBroken = false;
    },
    cancelProgress: () => progress?.abort(),
    close: subscriptions.dispose,
    panels: {
      open: (key) => {
        const known = panels.get(key);
        return known ? { panel: known.panel, isNew: false } : { panel: panelFor(key), isNew: true };
      },
      restored: (handle) => restored.event(handle),
    },
    trees: { pending: seen.pending.handle, awaiting: seen.awaiting.handle, decided: seen.decided.handle },
    settings: {
      get: <Name extends SettingName>(name: Name) =>
        (settings.has(name) ? settings.get(name) : SETTINGS[name].default) as SettingValues[Name],
      update: async (name, value) => {
        settings.set(name, value);
        settingChanges.fire(name);
      },
      onDidChange: settingChanges.event,
    },
    secrets: {
      get: async (name) => {
        checkSecrets();
        return secretsKept.get(name) ?? null;
      },
      store: async (name, value) => {
        checkSecrets();
        secretsKept.set(name, value);
        secretChanges.fire(name);
      },
      delete: async (name) => {
        checkSecrets();
        secretsKept.delete(name);
        secretChanges.fire(name);
      },
      keys: async () => {
        checkSecrets();
        return [...secretsKept.keys()];
      },
      onDidChange: secretChanges.event,
    },
    memory: {
      get: <T>(key: string) => remembered.get(key) as T | undefined,
      update: async (key, value) => {
        remembered.set(key, value);
      },
    },
    log: {
      debug: (message) => logged.push(message),
      info: (message) => logged.push(message),
      warn: (message) => logged.push(message),
      error: (message) => logged.push(message),
      show: () => ran.push({ command: 'log', args: [] }),
    },
    window: {
      get focused() {
        return focused;
      },
      onDidChangeFocus: focusChanges.event,
    },
    clipboard: {
      write: async (text) => {
        copied.push(text);
      },
    },
    places: before?.places ?? {
      storage: mkdtempSync(path.join(tmpdir(), 'countersign-host-')),
      extension: path.resolve('extension'),
    },
    id: 'publisher.name',
    version: '0.0.0-test',
    status: (item) => {
      statusItem = item;
    },
    setContext: (key, value) => {
      context.set(key, value);
    },
    openExternal: async (url) => {
      opened.push(url);
    },
    openFile: async (file) => {
      opened.push(file);
    },
    openText: async (text) => {
      opened.push(text);
    },
    run: async (command: CommandName, ...args) => {
      ran.push({ command, args });
    },
    runBuiltIn: async (command, ...args) => {
      ran.push({ command, args });
    },
    offerMcp: (servers) => {
      mcp = servers;
      return true;
    },
    subscriptions,
  };
}

type Node = { readonly id: string };

function createSeenTree(): SeenTree {
  let source: TreeSource<Node> | null = null;
  let visible = true;
  let selection: readonly unknown[] = [];
  const visibility = createEmitter<boolean>();
  const changes: (readonly (string | null)[])[] = [];
  const rowsOf = async (of: Node | null): Promise<readonly (SeenRow & { readonly node: Node })[]> => {
    if (!source) return [];
    const known = source;
    return await Promise.all(
      [...(await known.children(of))].map(async (node) => {
        const row = known.row(node);
        return { ...row, id: node.id, node, under: row.children === 'expanded' ? await rowsOf(node) : [] };
      }),
    );
  };
  const seen: SeenTree = {
    rows: () => rowsOf(null),
    node: async (label) => {
      const look = async (of: Node | null): Promise<Node | null> => {
        for (const row of await rowsOf(of)) {
          if (row.label === label) return row.node;
          const under = row.children === 'none' ? null : await look(row.node);
          if (under) return under;
        }
        return null;
      };
      const found = await look(null);
      if (!found) throw new Error(`There is no row "${label}"`);
      return found;
    },
    changes,
    badgeCount: 0,
    badgeTooltip: '',
    messageText: null,
    titleText: null,
    select: (...nodes) => {
      selection = nodes;
    },
    show: (now) => {
      visible = now;
      visibility.fire(now);
    },
    hover: async (node) => (await source?.hover(node as Node)) ?? null,
    handle: {
      attach: (attached) => {
        source = attached as unknown as TreeSource<Node>;
        source.onDidChange((nodes) => changes.push(nodes.map((node) => node?.id ?? null)));
      },
      get visible() {
        return visible;
      },
      onDidChangeVisible: visibility.event,
      get selection() {
        return selection;
      },
      badge: (count, tooltip) => {
        seen.badgeCount = count;
        seen.badgeTooltip = tooltip;
      },
      message: (text) => {
        seen.messageText = text;
      },
      describe: (text) => {
        seen.titleText = text;
      },
    },
  };
  return seen;
}
