import { nodeIo, parseSettings } from '@countersign/shared/account';
import type { AccountId, ApprovalRequest, RequestReference, VendorId } from '@countersign/shared/approval';
import { createProvider } from '@countersign/shared/provider';
import { createEmitter } from '../../extension/src/host/event.ts';
import type { QueueState } from '../../extension/src/queue/index.ts';
import { createPendingTree } from '../../extension/src/views/pending/index.ts';
import type { GroupBy } from '../../extension/src/views/words.ts';
import { ALL_CASES } from '../shared/triage/cases/index.ts';
import { requestOf } from '../shared/triage/request.ts';
import { createEditorTree } from '../support/editor-tree.ts';
import { createMemoryHost } from '../support/memory-host.ts';
import { quantile } from './figures.ts';

// How long the view of what waits keeps the extension host busy: through its real provider, asked as VS Code asks. Times are
// of the thread itself, so that a machine that does other things besides counts for nothing.

const CHANGED = 10;
const ORGANIZATIONS = 60;
const RUNS = 9;
const now = Date.UTC(2026, 10, 21, 12);
const settings = parseSettings(
  JSON.stringify({ accounts: [{ id: 'acme', provider: 'threatlocker', instance: 'g', apiToken: { env: 'TOKEN' } }] }),
  'accounts.json',
);
const entries = settings.accounts.map((account) => ({
  account,
  provider: createProvider(account, { fetch, io: nodeIo(), userAgent: 'bench', now: () => now }),
}));

/** Each with texts of its own, so that nothing is looked up twice. */
function request(index: number, reading: number): ApprovalRequest {
  const given = ALL_CASES[index % ALL_CASES.length];
  if (!given) throw new Error('no cases');
  const made = requestOf(given);
  return {
    ...made,
    reference: `acme/${index}` as RequestReference,
    vendorId: String(index) as VendorId,
    requestedAt: new Date(now - ((index * 7919) % 40_000) * 60_000).toISOString(),
    organization: { id: `organization-${index % ORGANIZATIONS}`, name: `Organization ${index % ORGANIZATIONS}` },
    computer: { ...made.computer, id: `computer-${index % 3000}`, name: `PC-${index % 3000}.${reading}` },
    reason: `${made.reason ?? ''} ${index}`,
    requester: { ...made.requester, account: `CONTOSO\\user-${index % 4000}` },
    subject: { ...made.subject, sha256: (index % 15_000).toString(16).padStart(64, '0') },
  };
}

const stateOf = (requests: readonly ApprovalRequest[]): QueueState => ({
  settings,
  problem: null,
  entries,
  sources: [{ account: 'acme' as AccountId, state: 'ready', at: new Date(now).toISOString(), requests, notes: [] }],
});

interface Busy {
  /** The longest time in which nothing else had a turn. */
  readonly longest: number;
  /** All of it. */
  readonly total: number;
}

/** Milliseconds that this thread has worked; what other processes take of the time is not ours. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What the thread works between two turns is what nothing else could have its turn for. */
async function busy(work: () => Promise<void>): Promise<Busy> {
  const idle = 0.05;
  let longest = 0;
  let total = 0;
  let last = worked();
  let isOver = false;
  const count = () => {
    const at = worked();
    longest = Math.max(longest, at - last);
    if (at - last > idle) total += at - last;
    last = worked();
  };
  const turns = new Promise<void>((resolve) => {
    const turn = () => {
      count();
      if (isOver) resolve();
      else setImmediate(turn);
    };
    setImmediate(turn);
  });
  await work();
  isOver = true;
  await turns;
  return { longest, total };
}

async function open(count: number, by: GroupBy) {
  const host = createMemoryHost();
  const view = createEditorTree();
  const changed = createEmitter<QueueState>();
  let requests = Array.from({ length: count }, (_none, index) => request(index, 0));
  let state = stateOf(requests);
  host.set('groupBy', by);
  const tree = createPendingTree({
    host: { ...host, trees: { ...host.trees, pending: view.handle } },
    store: {
      get state() {
        return state;
      },
      onDidChange: changed.event,
    },
    now: () => now,
  });
  let reading = 0;
  const read = (now: readonly ApprovalRequest[]) => () => {
    state = stateOf(now);
    changed.fire(state);
  };
  return {
    view,
    tree,
    groups: () => [...view.drawn().keys()].filter((id) => id.startsWith('group:')),
    rows: () => view.drawn().size,
    /** A reading in which the first of those that are drawn are others; what did not change is the same object, as the store has it. */
    change: () => {
      reading += 1;
      const ids = new Set([...view.drawn().keys()].filter((id) => id.startsWith('request:')).slice(0, CHANGED));
      requests = requests.map((one) =>
        ids.has(`request:${one.reference}`) ? request(Number(one.vendorId), reading) : one,
      );
      return read(requests);
    },
    /** A reading in which so many have gone, and as many come. */
    replace: () => {
      reading += 1;
      const from = count + reading * CHANGED;
      const come = Array.from({ length: CHANGED }, (_none, index) => request(from + index, reading));
      const ids = new Set([...view.drawn().keys()].filter((id) => id.startsWith('request:')).slice(0, CHANGED));
      requests = [...requests.filter(({ reference }) => !ids.has(`request:${reference}`)), ...come];
      return read(requests);
    },
  };
}

async function settled(view: { settled(): Promise<void> }, isSo: () => boolean): Promise<void> {
  do await view.settled();
  while (!isSo());
}

const shown = (runs: readonly Busy[], goal = '') => {
  const figure = (key: keyof Busy) => {
    const all = runs.map((run) => run[key]);
    return `${quantile(all, 0.5).toFixed(1)} ms (worst ${Math.max(...all).toFixed(1)})`;
  };
  return `longest ${figure('longest')}, in all ${figure('total')}${goal}`;
};

async function measure(count: number, by: GroupBy, goal: string): Promise<void> {
  const { view, tree, groups, rows, change, replace } = await open(count, by);
  const first = await busy(async () => {
    await view.show();
    await settled(view, () => rows() > 1);
  });
  const expanded: Busy[] = [];
  for (const id of groups().slice(0, RUNS)) expanded.push(await busy(() => view.open(id)));
  const drawn = rows();
  const filtered: Busy[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const text = `PC-${run + 1}`;
    filtered.push(
      await busy(async () => {
        tree.setFilter({ text });
        await settled(view, () => view.message?.includes(`"${text}"`) ?? false);
      }),
    );
    tree.setFilter({});
    await settled(view, () => view.message === null);
  }
  const readings = async (prepare: () => () => void) => {
    const runs: Busy[] = [];
    const told: number[] = [];
    for (let each = 0; each < RUNS; each += 1) {
      view.told.length = 0;
      const read = prepare();
      const run = await busy(async () => {
        read();
        for (let turn = 0; turn < 20; turn += 1) await view.settled();
      });
      runs.push(run);
      told.push(view.told.length);
    }
    return `${shown(runs, goal)}; told of ${quantile(told, 0.5)} rows`;
  };
  const changes = await readings(change);
  const replacements = await readings(replace);
  process.stdout.write(`${count} requests by ${by}, ${drawn} rows drawn
  first look: longest ${first.longest.toFixed(1)} ms, in all ${first.total.toFixed(0)} ms
${expanded.length > 0 ? `  a group is expanded: ${shown(expanded, goal)}\n` : ''}  a filter: ${shown(filtered, goal)}
  a reading in which ${CHANGED} have changed: ${changes}
  a reading in which ${CHANGED} have come and ${CHANGED} gone: ${replacements}
`);
}

const GOAL = ' (goal: both under 50 ms)';
// What is compiled and read once is no part of it.
await measure(500, 'organization', '');
await measure(5000, 'organization', GOAL);
await measure(5000, 'file', GOAL);
await measure(5000, 'none', GOAL);
await measure(5000, 'severity', '');
await measure(20_000, 'organization', '');
await measure(20_000, 'file', '');
