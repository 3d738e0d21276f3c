import { SettingsError } from '@countersign/shared/account';
import type { ApprovalRequest } from '@countersign/shared/approval';
import { readSources } from '@countersign/shared/queue';
import { onTestFinished } from 'vitest';
import {
  createCopyCommands,
  createLookUpCommands,
  createQueueCommands,
} from '../../../extension/src/commands/index.ts';
import type { CommandHandlers } from '../../../extension/src/host/commands.ts';
import { createEmitter } from '../../../extension/src/host/event.ts';
import type { Row } from '../../../extension/src/host/tree.ts';
import type { QueueState, QueueStore } from '../../../extension/src/queue/index.ts';
import { createPendingTree, type PendingTree } from '../../../extension/src/views/pending/index.ts';
import { createSlices, type Slices } from '../../../extension/src/views/slices.ts';
import { createEditorTree, type EditorTree } from '../../support/editor-tree.ts';
import { createMemoryHost, type MemoryHost } from '../../support/memory-host.ts';
import { openWorld, type World, type WorldOptions } from '../../support/world.ts';

/** A store without polling: it reads when it is told to, through the client layer. */
interface TestStore extends QueueStore {
  readonly refreshed: (string | undefined)[];
  set(state: Partial<QueueState>): void;
}

export interface Pending {
  readonly world: World;
  readonly host: MemoryHost;
  readonly store: TestStore;
  readonly tree: PendingTree;
  /** The view, shown. */
  readonly view: EditorTree;
  readonly commands: Pick<
    CommandHandlers,
    'refresh' | 'retry' | 'groupBy' | 'filter' | 'clearFilter' | 'loadMore' | 'copyReference' | 'copySha256'
  > &
    Pick<CommandHandlers, 'openVirusTotal' | 'openPortal'>;
  /** Rows in their order, as lines: two spaces for each level that is not the first. */
  labels(): readonly string[];
  row(label: string): Row;
  nodeOf(label: string): object;
}

export interface PendingOptions extends WorldOptions {
  readonly slices?: Slices;
  readonly shown?: boolean;
  /** What happens before the first reading. */
  readonly before?: (world: World) => void;
}

/** Everything in one turn: its clock stands. */
const atOnce = () => createSlices(() => 0);

export async function openPending(options: PendingOptions = {}): Promise<Pending> {
  const world = await openWorld(options);
  onTestFinished(() => world.close());
  options.before?.(world);
  const host = createMemoryHost();
  const view = createEditorTree();
  const store = await createTestStore(world);
  const tree = createPendingTree({
    host: { ...host, trees: { ...host.trees, pending: view.handle } },
    store,
    now: () => world.clock.now,
    slices: options.slices ?? atOnce(),
  });
  if (options.shown ?? true) await view.show();
  const find = (label: string) => {
    const found = [...view.drawn()].find(([, row]) => row.label === label);
    if (!found)
      throw new Error(`There is no row "${label}" among ${[...view.drawn().values()].map((row) => row.label)}`);
    return found;
  };
  return {
    world,
    host,
    store,
    tree,
    view,
    commands: {
      ...createQueueCommands({ host, store, tree }),
      ...createCopyCommands(host),
      ...createLookUpCommands(host, store),
    },
    labels: () => [...view.drawn().values()].map(({ label }) => label),
    row: (label) => find(label)[1],
    nodeOf: (label) => view.node(find(label)[0]),
  };
}

async function createTestStore(world: World): Promise<TestStore> {
  const changed = createEmitter<QueueState>();
  const refreshed: (string | undefined)[] = [];
  let state: QueueState = { settings: null, problem: null, entries: [], sources: [] };
  const set = (change: Partial<QueueState>) => {
    state = { ...state, ...change };
    changed.fire(state);
  };
  const known = new Map<string, ApprovalRequest>();
  /** As the real one: what is the same stays the same object. */
  const sharing = (request: ApprovalRequest): ApprovalRequest => {
    const before = known.get(request.reference);
    const same = before && JSON.stringify(before) === JSON.stringify(request) ? before : request;
    known.set(request.reference, same);
    return same;
  };
  const refresh = async (account?: string) => {
    refreshed.push(account);
    const now = await world.book.now().catch((error: unknown) => {
      if (error instanceof SettingsError) return error;
      throw error;
    });
    if (now instanceof SettingsError) {
      set({ settings: null, problem: now, entries: [], sources: [] });
      return;
    }
    const sources = await readSources(now.entries, () => world.clock.now, { snapshots: world.ledger });
    set({
      settings: now.settings,
      problem: null,
      entries: now.entries,
      sources: sources.map((source) =>
        'requests' in source ? { ...source, requests: source.requests.map(sharing) } : source,
      ),
    });
  };
  const store: TestStore = {
    get state() {
      return state;
    },
    onDidChange: changed.event,
    refresh,
    refreshed,
    set,
  };
  await refresh();
  refreshed.length = 0;
  return store;
}

/** Until something is so; it is looked at between whatever else is done. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
