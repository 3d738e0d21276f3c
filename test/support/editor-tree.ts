import { createEmitter } from '../../extension/src/host/event.ts';
import type { Row, TreeHandle, TreeSource } from '../../extension/src/host/tree.ts';

type Node = { readonly id: string };

/** A view as VS Code's extension host keeps it: it knows nodes by their identity and their id, and asks again for what it is told of. */
export interface EditorTree {
  readonly handle: TreeHandle;
  /** The row that it draws of each node, by id, in their order. */
  drawn(): ReadonlyMap<string, Row>;
  node(id: string): Node;
  /** Shows the view; nothing is asked for before. */
  show(): Promise<void>;
  hide(): void;
  open(id: string): Promise<void>;
  hover(id: string): Promise<string | null>;
  /** Until everything is drawn that it was told of so far. */
  settled(): Promise<void>;
  /** Ids of the nodes it was told of, `null` for the roots; emptied by whoever read them. */
  readonly told: (string | null)[];
  /** Ids of the nodes whose rows it asked for; emptied by whoever read them. */
  readonly asked: string[];
  readonly message: string | null;
  readonly title: string | null;
}

interface Drawn {
  readonly node: Node;
  row: Row;
  isOpen: boolean;
  /** `null`: not asked for. */
  children: readonly Drawn[] | null;
}

export function createEditorTree(): EditorTree {
  const visibility = createEmitter<boolean>();
  const told: (string | null)[] = [];
  const asked: string[] = [];
  const byId = new Map<string, Drawn>();
  /** What its person opened and closed stays, whatever comes. */
  const opened = new Map<string, boolean>();
  let source: TreeSource<Node> | null = null;
  let visible = false;
  let roots: readonly Drawn[] | null = null;
  let behind: (Node | null)[] = [];
  let work: Promise<void> = Promise.resolve();
  let message: string | null = null;
  let title: string | null = null;

  function draw(node: Node, known: TreeSource<Node>): Drawn {
    asked.push(node.id);
    const row = known.row(node);
    const before = byId.get(node.id);
    if (before && before.node !== node) throw new Error(`Element with id ${node.id} is already registered`);
    const isOpen = row.children !== 'none' && (opened.get(node.id) ?? row.children === 'expanded');
    const drawn: Drawn = before ?? { node, row, isOpen, children: null };
    drawn.row = row;
    drawn.isOpen = isOpen;
    byId.set(node.id, drawn);
    return drawn;
  }

  async function fetchUnder(parent: Drawn | null): Promise<void> {
    if (!source) return;
    const nodes = await source.children(parent?.node ?? null);
    const known = source;
    const drawn = nodes.map((node) => draw(node, known));
    if (new Set(nodes).size !== nodes.length) throw new Error('A node stands twice in one list.');
    if (parent) parent.children = drawn;
    else roots = drawn;
    await Promise.all(drawn.map((child) => (child.isOpen ? fetchUnder(child) : undefined)));
  }

  async function refresh(nodes: readonly (Node | null)[]): Promise<void> {
    if (nodes.includes(null)) {
      byId.clear();
      await fetchUnder(null);
      return;
    }
    for (const node of nodes) {
      const drawn = node && byId.get(node.id);
      if (!drawn || !source || drawn.node !== node) continue;
      draw(node, source);
      if (drawn.isOpen) await fetchUnder(drawn);
      else drawn.children = null;
    }
  }

  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task);
    return work;
  };

  return {
    told,
    asked,
    get message() {
      return message;
    },
    get title() {
      return title;
    },
    drawn: () => {
      const rows = new Map<string, Row>();
      const walk = (list: readonly Drawn[] | null) => {
        for (const { node, row, isOpen, children } of list ?? []) {
          rows.set(node.id, row);
          if (isOpen) walk(children);
        }
      };
      walk(roots);
      return rows;
    },
    node: (id) => {
      const drawn = byId.get(id);
      if (!drawn) throw new Error(`There is no row ${id} among ${[...byId.keys()].join(', ')}`);
      return drawn.node;
    },
    show: async () => {
      visible = true;
      if (roots === null) behind = [null];
      visibility.fire(true);
      const waiting = behind;
      behind = [];
      if (waiting.length > 0) await enqueue(() => refresh(waiting));
      else await work;
    },
    hide: () => {
      visible = false;
      visibility.fire(false);
    },
    open: async (id) => {
      opened.set(id, true);
      const drawn = byId.get(id);
      if (!drawn) throw new Error(`There is no row ${id}`);
      drawn.isOpen = true;
      await enqueue(() => fetchUnder(drawn));
    },
    hover: async (id) => {
      const drawn = byId.get(id);
      return (drawn && (await source?.hover(drawn.node))) ?? null;
    },
    settled: async () => {
      for (let seen: Promise<void> | null = null; seen !== work; ) {
        seen = work;
        await seen;
        // What is done in turns tells of it in one of the next.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    handle: {
      attach: (attached) => {
        // Nodes come back to their source as they came from it.
        source = attached as unknown as TreeSource<Node>;
        source.onDidChange((nodes) => {
          told.push(...nodes.map((node) => node?.id ?? null));
          if (visible) enqueue(() => refresh(nodes)).catch(() => undefined);
          else behind.push(...nodes);
        });
      },
      get visible() {
        return visible;
      },
      onDidChangeVisible: visibility.event,
      selection: [],
      badge: () => undefined,
      message: (text) => {
        message = text;
      },
      describe: (text) => {
        title = text;
      },
    },
  };
}
