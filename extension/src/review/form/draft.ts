import { cleanLine } from '@countersign/shared/text';
import type { Draft, DraftField } from '../messages.ts';
import {
  addable,
  canBeOpened,
  isPossible,
  matchable,
  NARROWEST,
  type Offers,
  OWN,
  presetsOf,
  usableGroups,
} from './offers.ts';

const EMPTY: Draft = {
  preset: '',
  application: 'new',
  name: '',
  matching: '',
  existing: '',
  search: '',
  rule: 'hash',
  path: '',
  process: '',
  certificate: '',
  createdBy: '',
  mode: '',
  scope: 'computer',
  group: '',
  elevation: '',
  hours: '1',
  expires: '',
  ticket: '',
  comment: '',
  notify: '',
  template: '',
  reason: '',
  denyNotify: '',
};

/** Before anything is known, and for a vendor who leaves nothing to choose. */
export const emptyDraft = EMPTY;

/** The narrowest approval is chosen; whether to elevate is not. */
export function firstDraft(before: Draft, offers: Offers): Draft {
  const [first] = presetsOf(offers);
  const name = cleanLine(offers.request.subject.name ?? '', 100);
  const preset = first?.id === NARROWEST ? NARROWEST : offers.asked.length > 0 || first ? '' : OWN;
  return { ...before, preset, name };
}

/**
 * The draft after one of its fields was changed: what no longer goes with it gives way to the narrowest that does, and where
 * only something wider would, to nothing, so that somebody has to choose it.
 */
export function settled(draft: Draft, changed: DraftField, offers: Offers): Draft {
  const isNewStart = changed === 'application' || changed === 'matching' || changed === 'preset';
  const application = applicationOf(draft, offers);
  const chosen = isNewStart ? { ...draft, application, rule: 'hash', scope: 'computer' } : { ...draft, application };
  const rule = ruleOf(chosen, offers);
  return { ...chosen, rule, scope: scopeOf({ ...chosen, rule }, offers) };
}

function applicationOf({ application }: Draft, offers: Offers): string {
  if (application === 'matching' && matchable(offers).length > 0) return 'matching';
  return application === 'existing' ? 'existing' : 'new';
}

function ruleOf(draft: Draft, offers: Offers): string {
  if (draft.rule === 'maintenance' && draft.application === 'existing' && canBeOpened(offers, draft.existing)) {
    return 'maintenance';
  }
  if (draft.rule === 'properties' && isPossible(offers, 'properties')) return 'properties';
  return isPossible(offers, 'hash') ? 'hash' : '';
}

function scopeOf({ application, matching, rule, scope }: Draft, offers: Offers): string {
  if (application === 'matching' && isBuiltIn(offers, matching)) return scope === 'organization' ? scope : '';
  if (application !== 'matching' && rule === 'maintenance') return 'computer';
  if (scope === 'organization') return scope;
  return scope === 'group' && usableGroups(offers).length > 0 ? scope : 'computer';
}

export function isBuiltIn(offers: Offers, id: string): boolean {
  return matchable(offers).some((application) => application.id === id && application.builtIn);
}

export function isAddable(offers: Offers, id: string): boolean {
  return addable(offers).some((application) => application.id === id);
}
