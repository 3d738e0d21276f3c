import type { ApprovalRequest, ApproveOptions, MaintenanceMode, Reach } from '../../../approval/index.ts';
import { quoted } from '../../../text/index.ts';
import { type ApplicationRecord, isBuiltIn } from '../applications.ts';
import type { SelectedRule } from './selection.ts';

const DEPLOY = 'Other computers get it only after "Deploy Policies" in the portal.';

/** As much of a selection as its reach rests on. */
export interface Reaching {
  readonly application:
    | { readonly use: 'new' }
    | { readonly use: 'matching' | 'existing'; readonly application: Omit<ApplicationRecord, 'id' | 'record'> };
  readonly rule:
    | { readonly by: 'application' | 'hash' }
    | { readonly by: 'properties'; readonly hasWildcard: boolean }
    | { readonly by: 'maintenance'; readonly mode: MaintenanceMode };
  readonly scope:
    | { readonly to: 'computer' | 'organization' }
    | { readonly to: 'group'; readonly group: { readonly name: string } };
}

/** Whom a permit affects. A policy permits an application, not a file, so the application counts as much as the scope. */
export function reachOf(selection: Reaching, request: Pick<ApprovalRequest, 'computer' | 'organization'>): Reach {
  const { application, rule, scope } = selection;
  const computer = request.computer.name === null ? 'this computer' : quoted(request.computer.name, 64);
  const organization = request.organization.name === null ? 'this organization' : quoted(request.organization.name, 64);
  if (application.use === 'existing') {
    const name = quoted(application.application.name, 80);
    const owner =
      application.application.organizationName === null
        ? 'an unnamed owner'
        : quoted(application.application.organizationName, 64);
    const isForeign = application.application.organizationId !== request.organization.id;
    const adds =
      rule.by === 'maintenance'
        ? `Opens ${computer} for an hour (${rule.mode} mode) and adds what is seen there to ${name}`
        : `Adds the file to ${name}`;
    const elsewhere = isForeign ? `, which belongs to ${owner}, so in other organizations too` : '';
    return {
      level: 'unknown',
      sentence: `${adds}; it is then permitted wherever a policy points at that application${elsewhere}. How many computers that is, is not known.`,
    };
  }
  const what = permitted(application, rule);
  // Nobody knows which files it lets in.
  const isOpen = rule.by === 'properties' && rule.hasWildcard;
  switch (scope.to) {
    case 'computer':
      return { level: isOpen ? 'unknown' : 'computer', sentence: `Permits ${what} on ${computer} only.` };
    case 'group':
      return {
        level: isOpen ? 'unknown' : 'group',
        sentence: `Permits ${what} on every computer of the group ${quoted(scope.group.name, 80)} of ${organization}. ${DEPLOY}`,
      };
    case 'organization':
      return {
        level: isOpen ? 'unknown' : 'organization',
        sentence: `Permits ${what} on every computer of ${organization}. ${DEPLOY}`,
      };
    default:
      return scope satisfies never;
  }
}

function permitted(application: Reaching['application'], rule: Reaching['rule']): string {
  if (application.use === 'matching')
    return `everything in the application ${quoted(application.application.name, 80)}`;
  if (rule.by === 'hash') return 'this exact file';
  if (rule.by !== 'properties') return 'what the rule covers';
  return rule.hasWildcard
    ? 'every file that fits the rule, whose wildcards leave open which,'
    : 'every file that fits the rule';
}

/** As much of a rule as its reach rests on. */
export function ruleSelected(rule: SelectedRule): Reaching['rule'] {
  if (!('option' in rule)) return rule;
  if (rule.by === 'hash') return { by: 'hash' };
  const { fullPath, processPath, cert, createdBy } = rule.option;
  return { by: 'properties', hasWildcard: hasWildcard([fullPath, processPath, cert, createdBy]) };
}

/** The same while somebody is still choosing. */
export function ruleGiven(rule: ApproveOptions['rule'] = { by: 'hash' }): Reaching['rule'] {
  if (rule.by !== 'properties') return rule;
  return { by: 'properties', hasWildcard: hasWildcard([rule.path, rule.process, rule.certificate, rule.createdBy]) };
}

function hasWildcard(values: readonly (string | undefined)[]): boolean {
  return values.some((value) => value?.includes('*') === true);
}

/** What using one application would reach, before a scope is chosen. */
export function reachOfMatch(application: ApplicationRecord, request: ApprovalRequest): Reach {
  return reachOf(
    {
      application: { use: 'matching', application },
      rule: { by: 'application' },
      scope: isBuiltIn(application) ? { to: 'organization' } : { to: 'computer' },
    },
    request,
  );
}
