import { type Elevation, type Finding, isDecidable } from '@countersign/shared/approval';
import { refusedEverywhere } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { denyControls } from './form/deny-controls.ts';
import type { Offers } from './form/offers.ts';
import { furtherControls, permitControls } from './form/permit-controls.ts';
import { type Problem, permitOptionsOf } from './form/permit-options.ts';
import type { Banner, DecideView, Draft, DraftField, Form, Tone } from './messages.ts';
import type { Readings, Whole } from './reader.ts';
import { titleOf } from './view/header.ts';

/** All that what can be decided rests on. */
export interface Deciding {
  readonly readings: Readings;
  readonly findings: readonly Finding[];
  /** `null`: there is nothing to choose, or it was not read. */
  readonly offers: Offers | null;
  readonly draft: Draft;
  readonly revision: number;
  readonly templates: readonly string[];
  /** Why nothing can be decided in this window, whatever the request; `null` when it can. */
  readonly whyNot: string | null;
  /** It ended, or is not as it was: nothing can be decided until it is read again. */
  readonly isClosed: boolean;
  /** What happened last, which stands at the top of the page, where whoever has just pressed a button need not be looking. */
  readonly banner: Banner | null;
  /** What is going on now, which has to end first. */
  readonly busy: string | null;
  /** What was missing when it was tried to decide. */
  readonly problems: readonly Problem[];
  readonly focus: DraftField | null;
  readonly now: number;
}

export function decideView(deciding: Deciding): DecideView {
  const { readings, draft, revision, focus, isClosed } = deciding;
  const { whole } = readings;
  const forms = whole.kind === 'read' && !isClosed ? formsOf(whole.value, deciding) : [];
  return { title: l10n.t('Decide'), notes: notesOf(deciding), forms, values: draft, revision, focus };
}

function notesOf({ readings: { whole }, whyNot, busy, isClosed, banner }: Deciding): DecideView['notes'] {
  if (busy !== null) return [{ text: busy, tone: 'plain' }];
  const happened = banner ? [{ text: [banner.title, ...banner.lines].join('. '), tone: banner.tone }] : [];
  if (whole.kind === 'loading') return [{ text: l10n.t('The request is being read …'), tone: 'plain' }];
  if (whole.kind === 'failed') {
    return [{ text: l10n.t('The request could not be read, so nothing can be decided.'), tone: 'doubt' }];
  }
  if (isClosed) return [...happened, { text: l10n.t('There is nothing to decide here now.'), tone: 'plain' }];
  const why = whyNot ?? whyClosed(whole.value);
  return why === null ? happened : [...happened, { text: why, tone: 'doubt' }];
}

/** Why the request, as it was read, can't be decided; `null` when it can. */
function whyClosed({ request, entry }: Whole): string | null {
  if (!entry.account.channels.includes('extension')) {
    return l10n.t('The account "{0}" takes no decision in the editor, by its settings.', entry.account.id);
  }
  if (isDecidable(request)) return null;
  return request.status === 'quarantined'
    ? l10n.t("It is quarantined, which is decided in the vendor's portal.")
    : l10n.t('Its status is {0}, so nothing waits for a decision.', cleanLine(request.status, 40));
}

function formsOf(whole: Whole, deciding: Deciding): readonly Form[] {
  const off = deciding.whyNot ?? whyClosed(whole);
  const { capabilities } = whole.entry.provider;
  return [
    approveForm(whole, deciding, off),
    denyForm(whole, deciding, off),
    ...(capabilities.takeOwnership ? [ownershipForm(whole, off ?? deciding.busy)] : []),
  ];
}

const READ = { kind: 'read' } as const;

function approveForm({ request }: Whole, deciding: Deciding, off: string | null): Form {
  const { offers, draft, problems, now, readings, busy } = deciding;
  const basics = {
    verdict: 'approve',
    title: l10n.t('Approve'),
    button: l10n.t('Approve {0} …', titleOf(request)),
    controls: [],
    more: null,
    reach: null,
  } as const;
  if (request.unapprovable !== null) {
    return { ...basics, state: READ, off: off ?? cleanLine(request.unapprovable, 500) };
  }
  const forbidden = refusedEverywhere('approve', [{ request: request.reference, findings: deciding.findings }]);
  if (forbidden !== null) return { ...basics, state: READ, off: off ?? forbidden };
  const { options } = readings;
  if (options === null) return { ...basics, state: READ, off: off ?? busy };
  if (options.kind === 'loading') {
    return { ...basics, state: options, off: off ?? l10n.t('How it could be approved is still being read.') };
  }
  if (options.kind === 'failed') {
    return { ...basics, state: options, off: off ?? l10n.t('How it could be approved could not be read.') };
  }
  if (!offers || off !== null)
    return { ...basics, state: READ, off: off ?? l10n.t('There is nothing to choose from.') };
  return {
    ...basics,
    state: READ,
    controls: permitControls(draft, offers, problems),
    more: {
      title: l10n.t('More: an end, a ticket, a comment, a text to the requester'),
      controls: furtherControls(problems),
    },
    reach: reachOf(draft, offers, now),
    off: busy,
  };
}

function reachOf(draft: Draft, offers: Offers, now: number): Form['reach'] {
  const drafted = permitOptionsOf(draft, offers, now);
  if (drafted.kind === 'missing') {
    const [first] = drafted.problems;
    return { text: l10n.t('Not complete yet. {0}', first?.message ?? ''), tone: 'doubt' };
  }
  if (drafted.reach === null) return { text: l10n.t('Whom it reaches is not known.'), tone: 'doubt' };
  const { elevation } = drafted.options;
  const tone: Tone = drafted.reach.level === 'computer' && !isEndless(elevation) ? 'plain' : 'doubt';
  const reach = l10n.t('Reach: {0}', cleanLine(drafted.reach.sentence, 500));
  return { text: elevation === undefined ? reach : `${reach} ${elevationText(elevation)}`, tone };
}

function isEndless(elevation: Elevation | undefined): boolean {
  return elevation !== undefined && elevation.mode !== 'none' && elevation.hours === undefined;
}

function elevationText({ mode, hours }: Elevation): string {
  if (mode === 'none') return l10n.t('It runs without administrator rights.');
  return hours === undefined
    ? l10n.t('It runs with administrator rights, without end.')
    : l10n.t('It runs with administrator rights, for this many hours: {0}.', String(hours));
}

function denyForm({ request, entry }: Whole, { templates, problems, busy }: Deciding, off: string | null): Form {
  const problem = problems.find(({ field }) => field === 'reason')?.message ?? null;
  return {
    verdict: 'deny',
    title: l10n.t('Deny'),
    state: READ,
    controls: off === null ? denyControls(entry.provider.name, templates, problem) : [],
    more: null,
    reach: null,
    button: l10n.t('Deny {0} …', titleOf(request)),
    off: off ?? busy,
  };
}

function ownershipForm({ request }: Whole, off: string | null): Form {
  return {
    verdict: 'take-ownership',
    title: l10n.t('Take ownership'),
    state: READ,
    controls: [],
    more: null,
    reach: null,
    button: l10n.t('Take ownership of {0} …', titleOf(request)),
    off,
  };
}
