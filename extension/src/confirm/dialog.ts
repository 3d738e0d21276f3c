import type { Finding } from '@countersign/shared/approval';
import { despiteText, type PlannedDecision, planFactsOf, stopsIn } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { findingText } from '@countersign/shared/triage';
import * as l10n from '@vscode/l10n';
import { untilText } from './until.ts';
import { actOf, proposalOf, questionOf, subjectOf, titleOf } from './words.ts';

type PlannedEffect = PlannedDecision['effects'][number];

/** What a person is asked before anything is sent, told from the planned writes themselves. */
export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  /** The button that names the act. */
  readonly act: string;
  /** Whether `detail` leaves anything out that `everything` tells. */
  readonly isShortened: boolean;
  readonly everything: string;
  /** What has to be typed first, and why; `null` where no stop speaks against it. */
  readonly phrase: { readonly text: string; readonly because: readonly string[] } | null;
}

/** A dialog that is taller than the window shows nobody its buttons. */
const LINES = 26;
const FINDINGS = 6;
const LINE_MAX = 1_000;

/** @param proposedBy the client's own name for itself, where it isn't this window's person who decides */
export function confirmationOf(planned: PlannedDecision, proposedBy: string | null, now: number): Confirmation {
  const { plan, effects } = planned;
  const head = [
    ...(proposedBy === null ? [] : [proposalOf(plan, proposedBy)]),
    l10n.t('Account: {0}', accountsText(planned)),
  ];
  const foot = ['', untilText(plan.expiresAt, now)];
  const findings = findingsOf(planned);
  const shownFindings = findings.slice(0, FINDINGS);
  const room = LINES - head.length - foot.length - shownFindings.length;
  const [shownEffects, leftOut] = fitting(planned, room);
  const hiddenFindings = findings.length - shownFindings.length;
  const detail = [
    ...head,
    ...shownEffects,
    ...(leftOut === 0 ? [] : ['', l10n.t('… and {0} more requests; "Show Everything" tells them all.', leftOut)]),
    ...(shownFindings.length === 0 ? [] : ['', ...shownFindings]),
    ...(hiddenFindings === 0
      ? []
      : [l10n.t('… and {0} more findings; "Show Everything" tells them all.', hiddenFindings)]),
    ...foot,
  ];
  const everything = [
    titleOf(plan),
    ...head,
    ...effects.flatMap((effect) => ['', ...effectLines(planned, effect), ...findingsOf(planned, effect.request)]),
    ...foot,
    '',
    l10n.t('Decision {0}', plan.decision),
    l10n.t('Digest of the plan: {0}', planned.digest),
  ];
  return {
    message: questionOf(plan),
    detail: detail.join('\n'),
    act: actOf(plan),
    isShortened: leftOut > 0 || hiddenFindings > 0,
    everything: `${everything.join('\n')}\n`,
    phrase: phraseOf(planned),
  };
}

function phraseOf({ plan, findings }: PlannedDecision): Confirmation['phrase'] {
  const stops = stopsIn(plan.verdict, findings);
  if (stops.length === 0) return null;
  return {
    text: `${plan.confirmText} ${despiteText(stops)}`,
    because: [...new Set(stops.map(({ message }) => message))],
  };
}

function accountsText({ accounts }: PlannedDecision): string {
  return accounts
    .map(({ account }) => {
      const label = cleanLine(account.label, 60);
      return account.sandbox ? l10n.t('{0} (SANDBOX)', label) : label;
    })
    .join(', ');
}

/** As many requests as fit, each whole, the first in any case. @returns their lines, and how many are left out */
function fitting(planned: PlannedDecision, room: number): readonly [lines: readonly string[], leftOut: number] {
  const lines: string[] = [];
  for (const [index, effect] of planned.effects.entries()) {
    const own = ['', ...effectLines(planned, effect)];
    const isLast = index === planned.effects.length - 1;
    // Two lines for how many are left out.
    if (index > 0 && lines.length + own.length + (isLast ? 0 : 2) > room)
      return [lines, planned.effects.length - index];
    lines.push(...own);
  }
  return [lines, 0];
}

/** Exactly what would be sent for one request, and what that rests on. */
function effectLines({ plan }: PlannedDecision, { request, effect, sandbox }: PlannedEffect): readonly string[] {
  const facts = planFactsOf(plan, request);
  const asked = facts && [
    facts.reason === null
      ? l10n.t('Asked for by {0}, who gave no reason.', facts.requester)
      : l10n.t('Asked for by {0}, their reason: {1}', facts.requester, facts.reason),
    l10n.t('File: {0}. {1} Scan: {2}.', facts.file, signatureText(facts.signedBy), facts.scan),
  ];
  return [
    effect.summary,
    ...effect.details,
    l10n.t('Reach: {0}', effect.reach.sentence),
    ...(asked ?? []),
    sandbox ? l10n.t('Request: {0} (SANDBOX)', request) : l10n.t('Request: {0}', request),
  ].map((line) => cleanLine(line, LINE_MAX));
}

function signatureText(signedBy: string | null): string {
  if (signedBy === null) return l10n.t('Signature not known.');
  return signedBy === 'nobody' ? l10n.t('Unsigned.') : l10n.t('Signed by {0}.', signedBy);
}

const ORDER: readonly Finding['severity'][] = ['stop', 'caution', 'info'];

/** A line for each finding, gravest first; where several requests share the dialog, with the request it is about. */
function findingsOf({ plan, findings }: PlannedDecision, only?: PlannedEffect['request']): readonly string[] {
  const found = findings
    .filter(({ request }) => only === undefined || request === only)
    .flatMap(({ request, findings: own }) => own.map((finding) => ({ request, finding })));
  return ORDER.flatMap((severity) =>
    found
      .filter(({ finding }) => finding.severity === severity)
      .map(({ request, finding }) => {
        const target = plan.targets.find((candidate) => candidate.request === request);
        const about = only === undefined && plan.targets.length > 1 && target ? ` ${subjectOf(target)}` : '';
        return cleanLine(`${severity.toUpperCase()}${about}: ${findingText(finding)}`, LINE_MAX);
      }),
  );
}
