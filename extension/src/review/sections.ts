import type { Finding, ScanResult } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { QueueState } from '../queue/store.ts';
import { elsewhere, findingGaps, queueGaps } from './findings.ts';
import { linksOf } from './links.ts';
import type { Block, Part, PartId, PartState, Section } from './messages.ts';
import { HISTORIES, type HistoryOf, type Readings, type Whole } from './reader.ts';
import type { Reading } from './reading.ts';
import { matchingBlocks } from './view/applications.ts';
import { ownBlocks, vendorBlocks } from './view/earlier.ts';
import { elsewhereBlocks } from './view/elsewhere.ts';
import { factBlocks } from './view/facts.ts';
import { findingBlocks } from './view/findings.ts';
import { logBlocks } from './view/log.ts';
import { rawBlocks } from './view/raw.ts';
import { researchBlocks } from './view/research.ts';

export interface Shown {
  readonly readings: Readings;
  readonly findings: readonly Finding[];
  readonly queue: QueueState;
  /** Whether somebody opened the vendor's own record. */
  readonly isRawOpen: boolean;
  readonly now: number;
}

/** The page's content, in its order. Of a request that was not read there is nothing to say but that. */
export function sectionsOf(shown: Shown): readonly Section[] {
  const { readings } = shown;
  const { whole } = readings;
  if (whole.kind === 'read') return sectionsOfWhole(whole.value, shown);
  return [section('facts', l10n.t('The request'), [part('facts', whole)])];
}

function sectionsOfWhole(whole: Whole, { readings, findings, queue, isRawOpen, now }: Shown): readonly Section[] {
  const { request, raw } = whole;
  const { research, earlier, history } = readings;
  const hasMatching = whole.entry.provider.capabilities.permitOptions;
  return [
    section('findings', l10n.t('What to notice'), [
      part('findings', blocks(findingBlocks(findings, findingGaps(whole, readings, queue)))),
    ]),
    section('facts', l10n.t('Facts'), [
      part('facts', blocks(factBlocks(request, scanOf(whole, research), linksOf(request)))),
    ]),
    ...(hasMatching
      ? [section('matching', l10n.t('Matching applications'), [part('matching', matchingOf(readings))])]
      : []),
    ...(hasMatching
      ? [
          section('research', l10n.t('Research'), [
            part(
              'research',
              map(research, (report) => (report === null ? notAsked() : researchBlocks(report))),
            ),
          ]),
        ]
      : []),
    section('history', l10n.t('History'), [
      part(
        'ours',
        half(earlier, ({ ours }) => ours, ownBlocks),
        l10n.t('Decided before on the same file, from here'),
      ),
      part(
        'vendor',
        half(earlier, ({ vendor }) => vendor, vendorBlocks),
        l10n.t("Decided before on the same file, by the vendor's record"),
      ),
      ...HISTORIES.map((of) => part(HISTORY_PARTS[of], historyOf(history[of]), historyTitle(of))),
    ]),
    section('elsewhere', l10n.t('The same file elsewhere'), [
      part('elsewhere', blocks(elsewhereBlocks(request, elsewhere(request, queue), queueGaps(queue), now))),
    ]),
    section('raw', l10n.t("The vendor's own record"), [
      part('raw', isRawOpen ? blocks(rawBlocks(raw)) : { kind: 'unread', action: l10n.t('Show it') }),
    ]),
  ];
}

export const HISTORY_PARTS: Readonly<Record<HistoryOf, PartId>> = {
  file: 'history-file',
  computer: 'history-computer',
  user: 'history-user',
};

function historyTitle(of: HistoryOf): string {
  switch (of) {
    case 'file':
      return l10n.t("The file's last 30 days");
    case 'computer':
      return l10n.t("The computer's last 30 days");
    case 'user':
      return l10n.t("The user's last 30 days");
    default:
      return of satisfies never;
  }
}

function historyOf(history: Readings['history'][HistoryOf]): PartState {
  return history === null ? { kind: 'unread', action: l10n.t('Look it up') } : map(history, logBlocks);
}

/** ThreatLocker tells the scan with its research alone. */
function scanOf({ request }: Whole, research: Readings['research']): ScanResult | 'unread' | null {
  if (request.provider !== 'threatlocker' || request.unapprovable !== null) return request.subject.scan;
  if (research.kind === 'loading') return null;
  return research.kind === 'failed' ? 'unread' : (research.value?.scan ?? request.subject.scan);
}

/** They come with the research and with the options; one of the two suffices. */
function matchingOf({ research, options }: Readings): PartState {
  const known =
    (research.kind === 'read' ? research.value?.matching : null) ??
    (options?.kind === 'read' ? options.value.matching : null);
  if (known) return blocks(matchingBlocks(known));
  if (research.kind === 'loading' || options?.kind === 'loading') return { kind: 'loading' };
  if (research.kind === 'failed') return research;
  return blocks(notAsked());
}

function notAsked(): readonly Block[] {
  const text = l10n.t('Not asked for: the vendor tells this only of requests that can be approved through it.');
  return [{ kind: 'note', text, tone: 'doubt' }];
}

/** One of two that were read together, and may have failed by itself. */
function half<Whole, T>(
  read: Reading<Whole>,
  of: (whole: Whole) => T,
  view: (value: Exclude<T, Error>) => readonly Block[],
): PartState {
  if (read.kind !== 'read') return read;
  const value = of(read.value);
  return value instanceof Error ? { kind: 'failed', message: value.message } : blocks(view(value as Exclude<T, Error>));
}

function map<T>(read: Reading<T>, view: (value: T) => readonly Block[]): PartState {
  return read.kind === 'read' ? blocks(view(read.value)) : read;
}

function blocks(given: readonly Block[]): PartState {
  return { kind: 'read', blocks: given };
}

function section(id: Section['id'], title: string, parts: readonly Part[]): Section {
  return { id, title, parts };
}

function part(id: PartId, state: PartState, title: string | null = null): Part {
  return { id, title, state };
}
