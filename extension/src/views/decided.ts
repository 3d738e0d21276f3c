import { type DecisionRecord, type Ledger, LedgerError, type TargetOutcome } from '@countersign/shared/ledger';
import { cleanLine, escapeMarkdown } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { localTime, proposerName, subjectOf, titleOf } from '../confirm/index.ts';
import { createEmitter, type Host, type Row, type TreeSource } from '../host/index.ts';
import type { DecisionNode } from '../journal/index.ts';
import type { Runtime } from '../runtime.ts';
import { createDecidedPages } from './decided-store.ts';
import { attributionText, standingOf, standingOfOne, standingWords } from './decision-words.ts';

const MESSAGE_MAX = 500;

interface TargetNode {
  readonly kind: 'decided-target';
  readonly id: string;
  readonly decision: KeptDecision;
  readonly index: number;
}

interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly text: string;
}

interface MoreNode {
  readonly kind: 'more-decisions';
  readonly id: string;
}

/** Stays the same object while it is shown, and gets the newest record. */
interface KeptDecision extends DecisionNode {
  record: DecisionRecord;
  readonly targets: readonly TargetNode[];
}

type DecidedNode = KeptDecision | TargetNode | NoteNode | MoreNode;

const MORE: MoreNode = { kind: 'more-decisions', id: 'more-decisions' };

export interface DecidedView {
  /** Shows one page more. @returns whether that was the row that was clicked */
  loadMore(clicked: unknown): boolean;
}

/** Draws the journal's decisions, newest first. While the view is hidden nothing is read. */
export function showDecided(host: Host, runtime: Runtime): DecidedView {
  const changed = createEmitter<readonly (DecidedNode | null)[]>();
  const tree = host.trees.decided;
  const pages = createDecidedPages(runtime);
  let kept = new Map<string, KeptDecision>();
  let roots: readonly DecidedNode[] = [];
  let place: number | null = null;
  let stopWatching: (() => void) | null = null;

  function keep(record: DecisionRecord): KeptDecision {
    const { decision } = record.plan;
    const known = kept.get(decision);
    if (known) {
      known.record = record;
      return known;
    }
    const targets: TargetNode[] = [];
    const node: KeptDecision = { kind: 'decision', id: decision, record, targets };
    for (const index of record.plan.targets.keys()) {
      targets.push({ kind: 'decided-target', id: `${decision}/${index}`, decision: node, index });
    }
    return node;
  }

  async function read(): Promise<readonly DecidedNode[]> {
    place = await pages.place();
    const found = await pages.read();
    if (found.kind === 'failed') {
      const text = l10n.t('The journal could not be read. {0}', found.because);
      const [first] = roots;
      roots = first?.kind === 'note' && first.text === text ? roots : [{ kind: 'note', id: 'failed', text }];
      return roots;
    }
    const nodes = found.records.map(keep);
    kept = new Map(nodes.map((node) => [node.id, node]));
    roots = found.isMore ? [...nodes, MORE] : nodes;
    return roots;
  }

  /** Reads anew, and draws what is different. */
  async function refresh(): Promise<void> {
    if (!tree.visible) return;
    const seen = await pages.place();
    if (seen !== null && seen === place) return;
    const before = roots;
    const rows = new Map([...kept].map(([id, { record }]) => [id, record]));
    const after = await read();
    const isSameList = before.length === after.length && before.every((node, index) => node === after[index]);
    if (!isSameList) changed.fire([null]);
    const other = [...kept.values()].filter((node) => differs(rows.get(node.id), node.record));
    if (isSameList && other.length > 0) changed.fire(other);
  }

  /** One after the other; changes that come meanwhile are read once. */
  let isReading = false;
  let isDirty = false;
  function look(): void {
    isDirty = true;
    if (isReading) return;
    isReading = true;
    const readAll = async () => {
      while (isDirty) {
        isDirty = false;
        await refresh();
      }
    };
    readAll()
      .catch((error: unknown) => host.log.error(`The decisions could not be shown: ${error}`))
      .finally(() => {
        isReading = false;
        if (isDirty) look();
      });
  }

  function follow(visible: boolean): void {
    stopWatching?.();
    stopWatching = visible ? (runtime.ledger()?.watch(look) ?? null) : null;
    if (visible) look();
  }

  const source: TreeSource<DecidedNode> = {
    onDidChange: changed.event,
    children: async (node) => {
      if (node === null) return await read();
      return node.kind === 'decision' ? node.targets : [];
    },
    parent: (node) => (node.kind === 'decided-target' ? node.decision : null),
    row: (node): Row => {
      switch (node.kind) {
        case 'decision':
          return decisionRow(node.record, runtime.now());
        case 'decided-target':
          return targetRow(node);
        case 'note':
          return { label: node.text, icon: { name: 'warning' }, children: 'none', context: [] };
        case 'more-decisions':
          return {
            label: l10n.t('Load More'),
            icon: { name: 'ellipsis' },
            children: 'none',
            context: [],
            click: 'loadMore',
          };
        default:
          return node satisfies never;
      }
    },
    hover: async (node) => {
      switch (node.kind) {
        case 'decision':
          return await decisionHover(node.record, runtime);
        case 'decided-target': {
          const outcome = outcomeOf(node);
          return outcome && escapeMarkdown(cleanLine(outcome.message, MESSAGE_MAX));
        }
        case 'note':
          return escapeMarkdown(node.text);
        case 'more-decisions':
          return null;
        default:
          return node satisfies never;
      }
    },
  };

  tree.attach(source);
  host.subscriptions.add(tree.onDidChangeVisible(follow));
  host.subscriptions.add({ dispose: () => stopWatching?.() });
  if (tree.visible) follow(true);
  return {
    loadMore: (clicked) => {
      if (clicked !== MORE) return false;
      pages.more();
      changed.fire([null]);
      return true;
    },
  };
}

function differs(before: DecisionRecord | undefined, { phase, outcomes }: DecisionRecord): boolean {
  return before?.phase !== phase || JSON.stringify(before.outcomes) !== JSON.stringify(outcomes);
}

function outcomeOf({ decision, index }: TargetNode): TargetOutcome | null {
  const target = decision.record.plan.targets[index];
  return decision.record.outcomes.find(({ request }) => request === target?.request) ?? null;
}

function decisionRow(record: DecisionRecord, now: number): Row {
  const { plan, outcomes } = record;
  const standing = standingOf(record, now);
  const { text, icon } = standingWords(standing);
  const title = titleOf(plan);
  const description = `${text} · ${localTime(plan.plannedAt)}`;
  return {
    label: title,
    description,
    icon,
    children: 'collapsed',
    context: ['decision', ...(outcomes.some(({ status }) => status === 'applied') ? ['applied'] : [])],
    spoken: `${title}, ${description}`,
  };
}

function targetRow(node: TargetNode): Row {
  const { record } = node.decision;
  const target = record.plan.targets[node.index];
  const outcome = outcomeOf(node);
  const words = outcome && standingWords(standingOfOne(outcome));
  const said = outcome && [words?.text, attributionText(outcome)].filter(Boolean).join(', ');
  return {
    label: target ? subjectOf(target) : '',
    description: [target?.request, said].filter(Boolean).join(' · '),
    icon: words?.icon ?? { name: 'circle-outline' },
    children: 'none',
    context: [],
  };
}

const CHANNELS: Readonly<Record<string, () => string>> = {
  extension: () => l10n.t('in an editor'),
  elicitation: () => l10n.t("in the assistant's client, as that reports"),
  terminal: () => l10n.t('at a terminal'),
  unattended: () => l10n.t('in a ticket system'),
};

/** Who wanted it, who countersigned it and when; what came of it. All of it is escaped. */
async function decisionHover(record: DecisionRecord, { ledger, now }: Runtime): Promise<string> {
  const { plan, proposer, answered, closedBecause, outcomes } = record;
  const answeredAt = answered && (await whenAnswered(record, ledger()));
  const [only, ...others] = outcomes;
  return [
    `${titleOf(plan)}: ${standingWords(standingOf(record, now())).text}`,
    ...(only && others.length === 0 ? [cleanLine(only.message, MESSAGE_MAX)] : []),
    ...(closedBecause === null ? [] : [cleanLine(closedBecause, MESSAGE_MAX)]),
    l10n.t('Planned {0} for {1}.', localTime(plan.plannedAt), proposerName(proposer.name)),
    answered === null ? l10n.t('Nobody countersigned it.') : answeredText(answered, localTime(answeredAt ?? '')),
    l10n.t('Decision {0}', plan.decision),
  ]
    .map((line) => escapeMarkdown(line))
    .join('\n\n');
}

/** `null`: the journal doesn't tell, or can't be read. */
async function whenAnswered({ plan }: DecisionRecord, ledger: Ledger | null): Promise<string | null> {
  try {
    const lines = await ledger?.lines(plan.decision);
    return lines?.find(({ phase, request }) => request === '' && phase !== 'planned')?.at ?? null;
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

function answeredText(
  { who, channel, ticket, countersignature }: NonNullable<DecisionRecord['answered']>,
  when: string,
): string {
  const where = CHANNELS[channel]?.() ?? cleanLine(channel, 40);
  const name = cleanLine(who, 120);
  if (ticket !== undefined) {
    return l10n.t('Countersigned by {0} for ticket {1}, unattended, {2}.', name, cleanLine(ticket, 120), when);
  }
  return countersignature
    ? l10n.t('Answered by {0}, {1}, {2}; signed.', name, where, when)
    : l10n.t('Answered by {0}, {1}, {2}; not signed.', name, where, when);
}
