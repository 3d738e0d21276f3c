import type { ApprovalRequest, ApproveOptions, Elevation } from '../../../approval/index.ts';
import { cleanLine } from '../../../text/index.ts';
import type { SuggestedChoice, Suggestion } from '../../provider.ts';
import { type ApplicationRecord, type ComputerGroupRecord, isBuiltIn } from '../applications.ts';
import { reachOf, reachOfMatch, ruleSelected } from './reach.ts';
import type { PermitRecord } from './record.ts';
import { NO_OPTION, ownerOf, type SelectedRule, type SelectedScope } from './selection.ts';

/** Long enough for an installer. */
const HOUR: Elevation = { mode: 'elevate', hours: 1 };
const MOST_GROUPS = 5;

/** Built from the same record and the same words as a permit, so that what is suggested is what would be planned. */
export function suggest(
  request: ApprovalRequest,
  permit: PermitRecord,
  offered: { readonly matching: readonly ApplicationRecord[]; readonly groups: readonly ComputerGroupRecord[] },
): Suggestion | null {
  const isElevation = request.kind === 'elevation';
  if (request.unapprovable !== null || (isElevation && permit.organizationHasElevation === false)) return null;
  const elevated = isElevation ? { elevation: HOUR } : {};
  const suffix = isElevation ? ', with administrator rights for an hour' : '';
  const named = { use: 'new', name: cleanLine(request.subject.name ?? 'unnamed file', 100) } as const;
  const ofNew = (label: string, rule: NarrowRule, scope: SelectedScope): SuggestedChoice => ({
    what: label,
    label: `${label}${suffix}`,
    options: { application: named, rule: rule.given, scope: scopeOption(scope), ...elevated },
    reach: reachOf({ application: named, rule: ruleSelected(rule.selected), scope }, request),
  });
  const hash = permit.file.hash === null ? null : BY_HASH;
  const signed = bySignature(permit);
  const rule = hash ?? signed;
  if (rule === null) return null;
  const what = rule === hash ? 'This file alone' : WHAT_IS_SIGNED;
  const groups = offered.groups.filter((group) => isOwn(group, permit)).slice(0, MOST_GROUPS);
  return {
    narrowest: ofNew(what, rule, { to: 'computer' }),
    widenings: [
      ...(rule === hash && signed ? [ofNew(WHAT_IS_SIGNED, signed, { to: 'computer' })] : []),
      ...groups.map((group) => ofNew(what, rule, { to: 'group', group })),
      ofNew(what, rule, { to: 'organization' }),
      ...offered.matching.map((application) => ({
        what: `A matching application, ${ownerOf(application)}`,
        label: `A matching application, ${ownerOf(application)}${suffix}`,
        options: {
          application: { use: 'matching', id: application.id },
          scope: isBuiltIn(application) ? 'organization' : 'computer',
          ...elevated,
        } satisfies ApproveOptions,
        reach: reachOfMatch(application, request),
      })),
    ],
  };
}

const WHAT_IS_SIGNED = 'Whatever this signer signs at this path, so updates too';

interface NarrowRule {
  readonly given: NonNullable<ApproveOptions['rule']>;
  readonly selected: SelectedRule;
}

const BY_HASH: NarrowRule = { given: { by: 'hash' }, selected: { by: 'hash', option: NO_OPTION } };

function bySignature({ file: { path, certificates } }: PermitRecord): NarrowRule | null {
  const [certificate] = certificates;
  if (path === null || certificate === undefined) return null;
  // What cleaning would change can't be shown whole, and is refused as a property; a star would stand for anything.
  if ([path, certificate].some((value) => cleanLine(value, 500) !== value || value.includes('*'))) return null;
  return {
    given: { by: 'properties', path, certificate },
    selected: { by: 'properties', option: { ...NO_OPTION, fullPath: path, cert: certificate } },
  };
}

function scopeOption(scope: SelectedScope): NonNullable<ApproveOptions['scope']> {
  return scope.to === 'group' ? { group: scope.group.id } : scope.to;
}

function isOwn({ isGlobal, organizationId }: ComputerGroupRecord, permit: PermitRecord): boolean {
  return !isGlobal && organizationId?.toLowerCase() === permit.organizationId.toLowerCase();
}
