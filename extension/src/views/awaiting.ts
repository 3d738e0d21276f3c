import type { Effect } from '@countersign/shared/approval';
import { planFactsOf } from '@countersign/shared/decide';
import { cleanLine, escapeMarkdown } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import {
  type Awaiting,
  leftText,
  localTime,
  type PlanNode,
  proposalOf,
  proposerName,
  subjectOf,
  titleOf,
} from '../confirm/index.ts';
import { createEmitter, type Host, type Row, type TreeSource } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';

const LINE_MAX = 500;

/** One request of a plan. */
interface TargetNode {
  readonly kind: 'target';
  readonly id: string;
  readonly plan: PlanNode;
  readonly index: number;
}

/** A line of what would be done, or why nothing can be shown. */
interface LineNode {
  readonly kind: 'line';
  readonly id: string;
  readonly parent: TargetNode | null;
  readonly text: string;
  readonly icon: string;
}

type AwaitingNode = PlanNode | TargetNode | LineNode;

const ICONS = { approve: 'check', deny: 'close', 'take-ownership': 'person-add' } as const;

/** Draws what assistants ask: who, what and for how long; beneath, exactly what would be sent. */
export function showAwaiting(host: Host, runtime: Runtime, awaiting: Awaiting): void {
  const changed = createEmitter<readonly (AwaitingNode | null)[]>();
  const tree = host.trees.awaiting;
  let nodes = new Map<string, PlanNode>();
  let drawn = new Map<string, string>();
  let why: LineNode | null = null;
  let isStale = false;
  // A plan never changes, and neither does what stands beneath it.
  const targetsOf = new WeakMap<PlanNode, readonly TargetNode[]>();
  const linesOf = new WeakMap<TargetNode, readonly LineNode[]>();

  const descriptionOf = ({ record: { plan, proposer } }: PlanNode) =>
    `${proposerName(proposer.name)} · ${leftText(plan.expiresAt, runtime.now())}`;

  function roots(): readonly AwaitingNode[] {
    const { plans, problem } = awaiting;
    if (problem !== null) {
      if (why?.text !== problem) why = { kind: 'line', id: 'problem', parent: null, text: problem, icon: 'warning' };
      return [why];
    }
    nodes = new Map(
      plans.map((record) => [
        record.plan.decision,
        nodes.get(record.plan.decision) ?? { kind: 'plan', id: record.plan.decision, record },
      ]),
    );
    drawn = new Map([...nodes].map(([id, node]) => [id, descriptionOf(node)]));
    return [...nodes.values()];
  }

  async function lines(target: TargetNode): Promise<readonly LineNode[]> {
    const known = linesOf.get(target);
    if (known) return known;
    const { plan } = target.plan.record;
    const planned = plan.targets[target.index];
    if (!planned) return [];
    const entry = (await runtime.book.now()).of(planned.request);
    const line = (text: string, index: number): LineNode => ({
      kind: 'line',
      id: `${target.id}/${index}`,
      parent: target,
      text: cleanLine(text, LINE_MAX),
      icon: 'circle-small',
    });
    if (!entry) return [line(l10n.t("Its account isn't known in this editor, so it can't be answered here."), 0)];
    const { account, provider } = entry;
    const label = cleanLine(account.label, 60);
    const found = [
      ...effectLines(provider.describe(planned)),
      account.sandbox ? l10n.t('Account: {0} (SANDBOX)', label) : l10n.t('Account: {0}', label),
    ].map(line);
    linesOf.set(target, found);
    return found;
  }

  function targets(plan: PlanNode): readonly TargetNode[] {
    const found =
      targetsOf.get(plan) ??
      plan.record.plan.targets.map(
        (_, index): TargetNode => ({ kind: 'target', id: `${plan.id}/${index}`, plan, index }),
      );
    targetsOf.set(plan, found);
    return found;
  }

  const source: TreeSource<AwaitingNode> = {
    onDidChange: changed.event,
    children: async (node) => {
      switch (node?.kind) {
        case undefined:
          return roots();
        case 'plan':
          return targets(node);
        case 'target':
          return await lines(node);
        case 'line':
          return [];
        default:
          return node satisfies never;
      }
    },
    parent: (node) => (node.kind === 'target' ? node.plan : node.kind === 'line' ? node.parent : null),
    row: (node): Row => {
      switch (node.kind) {
        case 'plan':
          return {
            label: titleOf(node.record.plan),
            description: descriptionOf(node),
            icon: { name: ICONS[node.record.plan.verdict] },
            children: 'collapsed',
            context: ['plan'],
            click: 'answer',
            spoken: `${proposalOf(node.record.plan, node.record.proposer.name)} ${leftText(node.record.plan.expiresAt, runtime.now())}`,
          };
        case 'target':
          return targetRow(node);
        case 'line':
          return { label: node.text, icon: { name: node.icon }, children: 'none', context: [] };
        default:
          return node satisfies never;
      }
    },
    hover: (node) => {
      switch (node.kind) {
        case 'plan':
          return planHover(node);
        case 'target':
          return null;
        case 'line':
          return escapeMarkdown(node.text);
        default:
          return node satisfies never;
      }
    },
  };

  function drawAnew(): void {
    const count = awaiting.plans.length;
    tree.badge(
      count,
      count === 1
        ? l10n.t('1 proposal waits for your countersignature')
        : l10n.t('{0} proposals wait for your countersignature', count),
    );
    isStale = !tree.visible;
    if (!isStale) changed.fire([null]);
  }

  /** The time that is left, where it reads differently from what is drawn. */
  function drawTimes(): void {
    if (!tree.visible) return;
    const late = [...nodes.values()].filter((node) => drawn.get(node.id) !== descriptionOf(node));
    for (const node of late) drawn.set(node.id, descriptionOf(node));
    if (late.length > 0) changed.fire(late);
  }

  tree.attach(source);
  host.subscriptions.add(awaiting.onDidChange(drawAnew));
  host.subscriptions.add(awaiting.onBeat(drawTimes));
  host.subscriptions.add(
    tree.onDidChangeVisible((visible) => {
      if (visible && isStale) drawAnew();
      if (visible) drawTimes();
    }),
  );
  drawAnew();
}

function effectLines({ summary, details, reach }: Effect): readonly string[] {
  return [summary, ...details, l10n.t('Reach: {0}', reach.sentence)];
}

function targetRow({ plan, index }: TargetNode): Row {
  const { targets } = plan.record.plan;
  const target = targets[index];
  return {
    label: target ? subjectOf(target) : '',
    ...(target ? { description: target.request } : {}),
    icon: { name: 'file' },
    children: targets.length === 1 ? 'expanded' : 'collapsed',
    context: [],
  };
}

const SHOWN = 10;

/** Everything in it is escaped: names, paths and reasons are other people's. */
function planHover({ record: { plan, proposer } }: PlanNode): string {
  const requests = plan.targets.slice(0, SHOWN).flatMap((target) => {
    const facts = planFactsOf(plan, target.request);
    if (!facts) return [];
    const reason = facts.reason ?? l10n.t('none was given');
    return [l10n.t('{0}, asked for by {1}. Reason: {2}', facts.file, facts.requester, reason)];
  });
  const rest = plan.targets.length - requests.length;
  return [
    proposalOf(plan, proposer.name),
    ...requests,
    ...(rest > 0 ? [l10n.t('… and {0} more', rest)] : []),
    l10n.t('Proposed {0}; it ends {1}.', localTime(plan.plannedAt), localTime(plan.expiresAt)),
  ]
    .map((line) => escapeMarkdown(cleanLine(line, LINE_MAX)))
    .join('\n\n');
}
