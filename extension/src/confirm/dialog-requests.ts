import type { Finding } from '@countersign/shared/approval';
import { type PlannedDecision, planFactsOf } from '@countersign/shared/decide';
import { cleanLine, quoted } from '@countersign/shared/text';
import { findingText } from '@countersign/shared/triage';
import * as l10n from '@vscode/l10n';
import { subjectOf } from './words.ts';

type PlannedEffect = PlannedDecision['effects'][number];

/** What a dialog shows without being scrolled, in a window of usual height; its rows hold about so many letters. */
const ROWS = 28;
const ROW_LETTERS = 60;
const FINDINGS = 6;
/** What the names of all requests may take of a dialog that leaves some of them out. */
const NAME_ROWS = 6;
const REQUESTER_MAX = 60;
const LINE_MAX = 1_000;

/** What a dialog tells of the requests. */
interface Shown {
  readonly lines: readonly string[];
  readonly isShortened: boolean;
}

/** Whole, but for findings beyond the gravest. */
export function oneRequest(planned: PlannedDecision): Shown {
  const [effect] = planned.effects;
  if (!effect) return { lines: [], isShortened: false };
  const findings = findingLines(planned, effect.request);
  return {
    lines: ['', ...effectLines(effect), ...factLines(planned, effect), ...cappedFindings(findings)],
    isShortened: findings.length > FINDINGS,
  };
}

/** What is the same for all once, then as many requests as there is room for; the first in any case, and every stop. */
export function severalRequests(planned: PlannedDecision): Shown {
  const { plan, effects } = planned;
  const [first] = effects;
  const same = first
    ? sentencesOf(first).filter((line) => effects.every((own) => sentencesOf(own).includes(line)))
    : [];
  const stops = effects.flatMap(({ request }) => {
    const target = plan.targets.find((own) => own.request === request);
    return findingLines(planned, request, 'stop').map((line) => (target ? `${subjectOf(target)}: ${line}` : line));
  });
  const before = [...(same.length === 0 ? [] : ['', l10n.t('For each of them:'), ...same]), ...cappedFindings(stops)];
  const blocks = effects.map((effect) => [
    '',
    clean(effect.effect.summary),
    ...sentencesOf(effect).filter((line) => !same.includes(line)),
    [requestText(effect), findingIds(planned, effect.request)].filter(Boolean).join(' · '),
  ]);
  const whole = [...before, ...blocks.flat()];
  if (rowsOf(whole) <= ROWS) return { lines: whole, isShortened: stops.length > FINDINGS };
  const names = allNames(plan);
  const shown = asManyAs(blocks, ROWS - rowsOf([...before, ...names]));
  // In front, where nobody has to scroll to learn of it.
  const lines = ['', shownOf(shown.length, effects.length), ...names, ...before, ...shown.flat()];
  return { lines, isShortened: true };
}

/** The first in any case, and those after it that there is room for. */
function asManyAs(blocks: readonly (readonly string[])[], room: number): readonly (readonly string[])[] {
  let left = room;
  const end = blocks.findIndex((block, index) => {
    left -= rowsOf(block);
    return index > 0 && left < 0;
  });
  return end < 0 ? blocks : blocks.slice(0, end);
}

/**
 * Every subject, where there is room for their names: what the dialog leaves out is not to be unnamed. The same file is told apart
 * by who asks for it, where there is room for that as well.
 */
function allNames({ targets }: PlannedDecision['plan']): readonly string[] {
  const names = targets.map(subjectOf);
  const apart = targets.map((target, index) => {
    const name = names[index] ?? '';
    const { requester } = target.facts;
    const isOnly = names.filter((other) => other === name).length === 1;
    return isOnly || requester === null ? name : l10n.t('{0} for {1}', name, quoted(requester, REQUESTER_MAX));
  });
  const lines = [apart, names].map((all) => l10n.t('All of them: {0}', all.join(', ')));
  return lines.filter((line) => rowsOf([line]) <= NAME_ROWS).slice(0, 1);
}

function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / ROW_LETTERS)), 0);
}

function shownOf(count: number, all: number): string {
  return l10n.t('Shown are {0} of the {1} requests; "Show Everything" tells them all.', count, all);
}

function cappedFindings(findings: readonly string[]): readonly string[] {
  const more = findings.length - FINDINGS;
  return [
    ...(findings.length === 0 ? [] : ['', ...findings.slice(0, FINDINGS)]),
    ...(more > 0 ? [l10n.t('… and further findings ({0}); "Show Everything" tells them all.', more)] : []),
  ];
}

/** One request whole. */
export function requestLines(planned: PlannedDecision, effect: PlannedEffect): readonly string[] {
  return ['', ...effectLines(effect), ...factLines(planned, effect), ...findingLines(planned, effect.request)];
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
