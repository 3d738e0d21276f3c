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

/** A dialog that is taller than the window shows nobody its buttons. In rows of about so many letters. */
const ROWS = 34;
const ROW_LETTERS = 90;
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
  const { lines, isShortened } = effects.length === 1 ? oneRequest(planned) : severalRequests(planned);
  const everything = [
    titleOf(plan),
    ...head,
    ...effects.flatMap((effect) => [
      '',
      ...effectLines(effect),
      ...factLines(planned, effect),
      ...findingLines(planned, effect.request),
    ]),
    ...foot,
    '',
    l10n.t('Decision {0}', plan.decision),
    l10n.t('Digest of the plan: {0}', planned.digest),
  ];
  return {
    message: questionOf(plan),
    detail: [...head, ...lines, ...foot].join('\n'),
    act: actOf(plan),
    isShortened,
    everything: `${everything.join('\n')}\n`,
    phrase: phraseOf(planned),
  };
}

interface Shown {
  readonly lines: readonly string[];
  readonly isShortened: boolean;
}

/** Whole, but for findings beyond the gravest. */
function oneRequest(planned: PlannedDecision): Shown {
  const [effect] = planned.effects;
  if (!effect) return { lines: [], isShortened: false };
  const findings = findingLines(planned, effect.request);
  return {
    lines: ['', ...effectLines(effect), ...factLines(planned, effect), ...cappedFindings(findings)],
    isShortened: findings.length > FINDINGS,
  };
}

/** What is the same for all once, then as many requests as there is room for; the first in any case, and every stop. */
function severalRequests(planned: PlannedDecision): Shown {
  const { plan, effects } = planned;
  const [first] = effects;
  const same = first
    ? sentencesOf(first).filter((line) => effects.every((own) => sentencesOf(own).includes(line)))
    : [];
  const stops = effects.flatMap(({ request }) => {
    const target = plan.targets.find((own) => own.request === request);
    return findingLines(planned, request, 'stop').map((line) => (target ? `${subjectOf(target)}: ${line}` : line));
  });
  const lines = [...(same.length === 0 ? [] : ['', l10n.t('For each of them:'), ...same]), ...cappedFindings(stops)];
  let room = ROWS - rowsOf(lines);
  for (const [index, effect] of effects.entries()) {
    const own = ['', clean(effect.effect.summary), ...sentencesOf(effect).filter((line) => !same.includes(line))];
    own.push([requestText(effect), findingIds(planned, effect.request)].filter(Boolean).join(' · '));
    room -= rowsOf(own);
    if (index > 0 && room < 0) return { lines: [...lines, '', leftOut(effects.length - index)], isShortened: true };
    lines.push(...own);
  }
  return { lines, isShortened: stops.length > FINDINGS };
}

function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / ROW_LETTERS)), 0);
}

function leftOut(count: number): string {
  return count === 1
    ? l10n.t('… and 1 more request; "Show Everything" tells it too.')
    : l10n.t('… and {0} more requests; "Show Everything" tells them all.', count);
}

function cappedFindings(findings: readonly string[]): readonly string[] {
  const more = findings.length - FINDINGS;
  return [
    ...(findings.length === 0 ? [] : ['', ...findings.slice(0, FINDINGS)]),
    ...(more > 0 ? [l10n.t('… and further findings ({0}); "Show Everything" tells them all.', more)] : []),
  ];
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

/** Exactly what would be sent for one request. */
function effectLines(effect: PlannedEffect): readonly string[] {
  return [clean(effect.effect.summary), ...sentencesOf(effect), requestText(effect)];
}

function sentencesOf({ effect: { details, reach } }: PlannedEffect): readonly string[] {
  return [...details, l10n.t('Reach: {0}', reach.sentence)].map(clean);
}

function requestText({ request, sandbox }: PlannedEffect): string {
  return sandbox ? l10n.t('Request: {0} (SANDBOX)', request) : l10n.t('Request: {0}', request);
}

/** What it rests on. */
function factLines({ plan }: PlannedDecision, { request }: PlannedEffect): readonly string[] {
  const facts = planFactsOf(plan, request);
  if (!facts) return [];
  return [
    facts.reason === null
      ? l10n.t('Asked for by {0}, who gave no reason.', facts.requester)
      : l10n.t('Asked for by {0}, their reason: {1}', facts.requester, facts.reason),
    l10n.t('File: {0}. {1} Scan: {2}.', facts.file, signatureText(facts.signedBy), facts.scan),
  ].map(clean);
}

function signatureText(signedBy: string | null): string {
  if (signedBy === null) return l10n.t('Signature not known.');
  return signedBy === 'nobody' ? l10n.t('Unsigned.') : l10n.t('Signed by {0}.', signedBy);
}

function clean(line: string): string {
  return cleanLine(line, LINE_MAX);
}

const ORDER: readonly Finding['severity'][] = ['stop', 'caution', 'info'];

/** Gravest first. */
function foundOn({ findings }: PlannedDecision, request: PlannedEffect['request']): readonly Finding[] {
  const found = findings.find((target) => target.request === request)?.findings ?? [];
  return ORDER.flatMap((severity) => found.filter((own) => own.severity === severity));
}

/** A line for each finding on one request, with the fact that it rests on. */
function findingLines(
  planned: PlannedDecision,
  request: PlannedEffect['request'],
  only?: Finding['severity'],
): readonly string[] {
  return foundOn(planned, request)
    .filter(({ severity }) => only === undefined || severity === only)
    .map((finding) => clean(`${finding.severity.toUpperCase()}: ${findingText(finding)}`));
}

/** In one line: "CAUTION not-scanned, unsigned". Empty where nothing was found. */
function findingIds(planned: PlannedDecision, request: PlannedEffect['request']): string {
  const found = foundOn(planned, request);
  return ORDER.flatMap((severity) => {
    const ids = found.filter((own) => own.severity === severity).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${severity.toUpperCase()} ${ids.join(', ')}`];
  }).join('; ');
}
