import type {
  ApplicationChoice,
  ApproveOptions,
  Elevation,
  MaintenanceMode,
  Reach,
  Rule,
  Scope,
} from '@countersign/shared/approval';
import { reachOfOptions } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Draft, DraftField } from '../messages.ts';
import { isAddable, isBuiltIn } from './draft.ts';
import {
  canBeOpened,
  isPossible,
  matchable,
  type Offers,
  OWN,
  PROPERTIES,
  type Preset,
  presetsOf,
  usableGroups,
  valuesOf,
} from './offers.ts';

/** What a draft comes to: options that can be planned, or what is missing, by field, in the form's order. */
export type Drafted =
  | { readonly kind: 'whole'; readonly options: ApproveOptions; readonly reach: Reach | null }
  | { readonly kind: 'missing'; readonly problems: readonly Problem[] };

export interface Problem {
  readonly field: DraftField;
  readonly message: string;
}

/** Says what is missing; caught here alone. */
class Missing extends Error {
  readonly field: DraftField;

  constructor(field: DraftField, message: string) {
    super(message);
    this.field = field;
  }
}

const MODES: readonly MaintenanceMode[] = ['installation', 'learning', 'monitor'];
const YEAR_HOURS = 366 * 24;

/** @param now milliseconds since 1970 */
export function permitOptionsOf(draft: Draft, offers: Offers, now: number): Drafted {
  const problems: Problem[] = [];
  const part = <T>(make: () => T): T | null => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      problems.push({ field: error.field, message: error.message });
      return null;
    }
  };
  const preset = presetsOf(offers).find(({ id }) => id === draft.preset) ?? null;
  const chosen = part(() => chosenOf(draft, preset, offers, part));
  const elevation = part(() => elevationOf(draft, preset, offers));
  const expires = part(() => expiryOf(draft, now));
  if (problems.length > 0 || chosen === null) return { kind: 'missing', problems };
  const options: ApproveOptions = {
    ...chosen,
    ...(elevation === null ? {} : { elevation }),
    ...(expires === null ? {} : { expires }),
    // As they were typed: the client layer cleans them, and refuses what it can't send whole.
    ...given('ticket', draft.ticket.trim()),
    ...given('comment', draft.comment.trim()),
    ...given('notify', draft.notify.trim()),
  };
  const reach = preset?.reach ?? reachOfOptions(options, offers.options, offers.request);
  return { kind: 'whole', options, reach };
}

type Part = <T>(make: () => T) => T | null;

function chosenOf(draft: Draft, preset: Preset | null, offers: Offers, part: Part): ApproveOptions {
  if (preset) return preset.options;
  if (draft.preset !== OWN) throw new Missing('preset', l10n.t('Choose how far the approval is to go.'));
  const application = part(() => applicationOf(draft, offers));
  const rule = part(() => ruleOf(draft, offers));
  const scope = part(() => scopeOf(draft, offers));
  return {
    ...(application === null ? {} : { application }),
    ...(rule === null ? {} : { rule }),
    ...(scope === null ? {} : { scope }),
  };
}

function applicationOf(draft: Draft, offers: Offers): ApplicationChoice {
  switch (draft.application) {
    case 'new': {
      const name = cleanLine(draft.name, 100);
      if (name === '') throw new Missing('name', l10n.t('A new application needs a name.'));
      return { use: 'new', name };
    }
    case 'matching':
      if (!matchable(offers).some(({ id }) => id === draft.matching)) {
        throw new Missing('matching', l10n.t('Choose one of the matching applications.'));
      }
      return { use: 'matching', id: draft.matching };
    case 'existing':
      if (!isAddable(offers, draft.existing)) {
        throw new Missing('existing', l10n.t('Choose the application that the file is added to.'));
      }
      return { use: 'existing', id: draft.existing };
    default:
      throw new Missing('application', l10n.t('Choose an application.'));
  }
}

/** `null`: a matching application takes none. */
function ruleOf(draft: Draft, offers: Offers): Rule | null {
  if (draft.application === 'matching') return null;
  switch (draft.rule) {
    case 'hash':
      if (!isPossible(offers, 'hash')) break;
      return { by: 'hash' };
    case 'properties':
      return propertiesOf(draft, offers);
    case 'maintenance': {
      if (draft.application !== 'existing' || !canBeOpened(offers, draft.existing)) break;
      const mode = MODES.find((one) => one === draft.mode);
      if (!mode) throw new Missing('mode', l10n.t('Choose the maintenance mode.'));
      return { by: 'maintenance', mode };
    }
  }
  throw new Missing('rule', l10n.t('Choose by what the file is permitted.'));
}

function propertiesOf(draft: Draft, offers: Offers): Rule {
  const named = PROPERTIES.flatMap((property) => {
    const value = draft[property] === '' ? undefined : valuesOf(offers, property)[Number(draft[property])];
    return value === undefined ? [] : [[property, value] as const];
  });
  if (named.length < 2) {
    throw new Missing('path', l10n.t('Choose two properties at least; one alone permits too much.'));
  }
  return { by: 'properties', ...Object.fromEntries(named) };
}

function scopeOf(draft: Draft, offers: Offers): Scope {
  const isWhole = draft.application === 'matching' && isBuiltIn(offers, draft.matching);
  if (isWhole && draft.scope !== 'organization') {
    throw new Missing('scope', l10n.t('A built-in application can be permitted for the whole organization only.'));
  }
  if (draft.scope === 'computer' || draft.scope === 'organization') return draft.scope;
  if (draft.scope !== 'group') throw new Missing('scope', l10n.t('Choose where it is permitted.'));
  if (!usableGroups(offers).some(({ id }) => id === draft.group)) {
    throw new Missing('group', l10n.t('Choose a computer group.'));
  }
  return { group: draft.group };
}

/** `null`: it isn't asked for. */
function elevationOf(draft: Draft, preset: Preset | null, { request }: Offers): Elevation | null {
  if (request.kind !== 'elevation') return null;
  if (preset?.options.elevation) return preset.options.elevation;
  if (draft.elevation === 'none') return { mode: 'none' };
  if (draft.elevation !== 'elevate' && draft.elevation !== 'silent') {
    throw new Missing('elevation', l10n.t('Choose whether it may run with administrator rights.'));
  }
  const text = draft.hours.trim();
  if (text === '') return { mode: draft.elevation };
  const hours = Number(text);
  if (!(Number.isInteger(hours) && hours >= 1 && hours <= YEAR_HOURS)) {
    throw new Missing('hours', l10n.t('Give whole hours, one at least and a year at most, or nothing for no end.'));
  }
  return { mode: draft.elevation, hours };
}

/** `null`: no end. */
function expiryOf({ expires }: Draft, now: number): string | null {
  if (expires === '') return null;
  const time = Date.parse(expires);
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(expires)) {
    throw new Missing('expires', l10n.t('This is no time that can be read.'));
  }
  if (time <= now) throw new Missing('expires', l10n.t('The end lies in the past.'));
  if (time > now + YEAR_HOURS * 3_600_000) {
    throw new Missing('expires', l10n.t('The end lies more than a year ahead.'));
  }
  return new Date(time).toISOString();
}

function given<Key extends string>(key: Key, text: string): { readonly [K in Key]?: string } {
  return text === '' ? {} : ({ [key]: text } as { readonly [K in Key]: string });
}
