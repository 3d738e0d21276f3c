import type { Decision, RequestReference } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { LedgerError } from '@countersign/shared/ledger';

import { readSources } from '@countersign/shared/queue';
import type { Decider } from '../../../extension/src/confirm/decider.ts';
import { createEmitter } from '../../../extension/src/host/index.ts';
import type { QueueState, QueueStore } from '../../../extension/src/queue/store.ts';
import { createReviewCommands, createReviews, type Reviews } from '../../../extension/src/review/index.ts';
import type {
  Banner,
  DecideView,
  Draft,
  DraftField,
  Form,
  FromPage,
  Header,
  PageVerdict,
  Part,
  PartId,
  Section,
  ToPage,
} from '../../../extension/src/review/messages.ts';
import type { Runtime } from '../../../extension/src/runtime.ts';
import { createMemoryHost, type MemoryHost } from '../../support/memory-host.ts';
import { openWorld, type World, type WorldOptions } from '../../support/world.ts';

/** What the person says in the dialog that every decision ends in. */
type InTheDialog = (decision: Decision) => 'confirm' | 'close' | Promise<'confirm' | 'close'>;

export interface ReviewWorld {
  readonly world: World;
  readonly host: MemoryHost;
  readonly store: QueueStore;
  readonly reviews: Reviews;
  readonly commands: ReturnType<typeof createReviewCommands>;
  /** Decisions that reached the dialog. */
  readonly asked: readonly { readonly requests: readonly string[]; readonly decision: Decision }[];
  inTheDialog(how: InTheDialog): void;
  /** From now on there is no ledger, for this reason. */
  loseLedger(why: string): void;
  /** Opens the page of a request of the sandbox, and waits until all of it was read. */
  page(name: string): Promise<SeenPage>;
  /** A page by its key, whatever that is. */
  pageOf(key: string): SeenPage;
  close(): Promise<void>;
}

/** A page as its person sees it, by what it was told. */
export interface SeenPage {
  readonly key: string;
  readonly header: Header;
  readonly banner: Banner | null;
  readonly sections: readonly Section[];
  readonly decide: DecideView;
  readonly said: readonly string[];
  part(id: PartId): Part;
  /** Everything that stands in a part, as lines. */
  text(id: PartId): string;
  form(verdict: PageVerdict): Form;
  say(message: FromPage | object): void;
  /** Chooses or types, one after the other, as a page tells it. */
  choose(values: Partial<Draft>): void;
  press(verdict: PageVerdict): void;
  /** Waits for what is to be seen. */
  until(seen: (page: SeenPage) => boolean): Promise<void>;
  wholeRead(): Promise<void>;
}

export async function openReviews(options: WorldOptions = {}): Promise<ReviewWorld> {
  const world = await openWorld(options);
  const host = createMemoryHost();
  const store = await queueStore(world);
  const asked: { requests: readonly string[]; decision: Decision }[] = [];
  let inTheDialog: InTheDialog = () => 'close';
  let whyNoLedger: LedgerError | null = null;
  const runtime: Runtime = {
    book: world.book,
    decisions: world.decisions,
    ledger: () => (whyNoLedger === null ? world.ledger : null),
    whyNoLedger: () => whyNoLedger,
    onDidDecide: createEmitter<void>().event,
    now: () => world.clock.now,
    close: () => undefined,
  };
  const decider: Decider = {
    decide: async (requests, decision) => {
      asked.push({ requests, decision });
      return await decide(world, requests, decision, inTheDialog);
    },
  };
  const reviews = createReviews(host, runtime, store, decider);
  return {
    world,
    host,
    store,
    reviews,
    commands: createReviewCommands(host, store, reviews),
    asked,
    inTheDialog: (how) => {
      inTheDialog = how;
    },
    loseLedger: (why) => {
      whyNoLedger = new LedgerError('unwritable', why);
    },
    page: async (name) => {
      const { reference } = world.named(name);
      reviews.open(reference as RequestReference);
      const page = seenPage(host, reference);
      page.say({ type: 'ready' });
      await page.wholeRead();
      return page;
    },
    pageOf: (key) => seenPage(host, key),
    close: () => world.close(),
  };
}

/** The dialog's answer, carried out by the client layer. */
async function decide(
  { decisions }: World,
  requests: readonly RequestReference[],
  decision: Decision,
  inTheDialog: InTheDialog,
): Promise<DecisionResult | null> {
  const planning = await decisions.plan({
    requests,
    decision,
    proposer: { client: 'window', name: 'this window' },
    mayDecide: () => true,
    route: () => ({ channel: 'terminal', because: null }),
  });
  if (!planning.planned) return planning.result;
  const { plan, digest } = planning.decision;
  if ((await inTheDialog(decision)) === 'close') {
    await decisions.close(plan.decision, 'It was closed.');
    return null;
  }
  const typed = { kind: 'typed', text: plan.confirmText } as const;
  return await decisions.answer(plan.decision, digest, typed, { channel: 'terminal', who: 'Kim' });
}

async function queueStore({ book, clock }: World): Promise<QueueStore> {
  const changed = createEmitter<QueueState>();
  const read = async (): Promise<QueueState> => {
    const { settings, entries } = await book.now();
    return { settings, problem: null, entries, sources: await readSources(entries, () => clock.now) };
  };
  let state = await read();
  return {
    get state() {
      return state;
    },
    onDidChange: changed.event,
    refresh: async () => {
      state = await read();
      changed.fire(state);
    },
  };
}

function seenPage(host: MemoryHost, key: string): SeenPage {
  let revision = 0;
  const told = () => (host.posted.get(key) ?? []) as readonly ToPage[];
  const last = <Type extends ToPage['type']>(type: Type): Extract<ToPage, { type: Type }> => {
    const found = told().findLast((message) => message.type === type);
    if (!found) throw new Error(`The page was told no ${type}.`);
    return found as Extract<ToPage, { type: Type }>;
  };
  const sections = () =>
    last('layout').sections.map((id) => {
      const found = told().findLast((message) => message.type === 'section' && message.section.id === id);
      if (found?.type !== 'section') throw new Error(`The page was told no section ${id}.`);
      return found.section;
    });
  const page: SeenPage = {
    key,
    get header() {
      return last('header').header;
    },
    get banner() {
      return last('banner').banner;
    },
    get sections() {
      return sections();
    },
    get decide() {
      return last('decide').decide;
    },
    get said() {
      return told().flatMap((message) => (message.type === 'said' ? [message.text] : []));
    },
    part: (id) => {
      const found = sections()
        .flatMap(({ parts }) => parts)
        .find((part) => part.id === id);
      if (!found) throw new Error(`There is no part ${id}.`);
      return found;
    },
    text: (id) => textOf(page.part(id)),
    form: (verdict) => {
      const found = page.decide.forms.find((form) => form.verdict === verdict);
      if (!found) throw new Error(`There is nothing to ${verdict}.`);
      return found;
    },
    say: (message) => host.say(key, message),
    choose: (values) => {
      for (const changed of Object.keys(values) as DraftField[]) {
        revision += 1;
        const draft = { ...page.decide.values, [changed]: values[changed] };
        page.say({ type: 'choose', draft, changed, revision });
      }
    },
    press: (verdict) => page.say({ type: 'decide', verdict, draft: page.decide.values, revision }),
    until: async (seen) => {
      // Every wait ends with the test's own time at the latest.
      while (!isSeen(() => seen(page))) await new Promise((resolve) => setImmediate(resolve));
    },
    wholeRead: async () =>
      await page.until(
        () =>
          page.sections.every(({ parts }) => parts.every(({ state }) => state.kind !== 'loading')) &&
          page.decide.forms.every(({ state }) => state.kind !== 'loading') &&
          !page.decide.notes.some(({ text }) => text.includes('…')),
      ),
  };
  return page;
}

function isSeen(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}

function textOf({ state }: Part): string {
  if (state.kind === 'failed') return `FAILED ${state.message}`;
  if (state.kind !== 'read') return state.kind;
  return state.blocks
    .flatMap((block) => {
      switch (block.kind) {
        case 'facts':
          return block.rows.map(({ label, values }) => `${label}: ${values.map(({ text }) => text).join(' | ')}`);
        case 'items':
          return block.items.map(({ badge, title, lines }) =>
            [badge?.text, title, ...lines].filter(Boolean).join(' · '),
          );
        case 'quote':
          return [`${block.label}: ${block.text}`];
        default:
          return [block.text];
      }
    })
    .join('\n');
}
