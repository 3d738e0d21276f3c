import type { ApprovalRequest, ApproveOptions, Reach } from '../../../approval/index.ts';
import type { Application, PermitOptions } from '../../provider.ts';
import { type Reaching, reachOf, ruleGiven } from './reach.ts';

/**
 * Whom an approval would affect while somebody is still choosing, by what was offered; the plan tells it anew from its write.
 * `null`: something that it rests on is not chosen yet, or is not offered.
 */
export function reachOfOptions(
  { application, rule, scope = 'computer' }: ApproveOptions,
  offered: Pick<PermitOptions, 'matching' | 'existing' | 'groups'>,
  request: Pick<ApprovalRequest, 'computer' | 'organization'>,
): Reach | null {
  const chosen = application && applicationIn(application, offered);
  const to = scopeIn(scope, offered);
  if (!chosen || !to) return null;
  return reachOf(
    { application: chosen, rule: chosen.use === 'matching' ? WHOLE : ruleGiven(rule), scope: to },
    request,
  );
}

const WHOLE = { by: 'application' } as const;

function applicationIn(
  choice: NonNullable<ApproveOptions['application']>,
  { matching, existing }: Pick<PermitOptions, 'matching' | 'existing'>,
): Reaching['application'] | null {
  if (choice.use === 'new') return { use: 'new' };
  const found = (choice.use === 'matching' ? matching : existing).find(({ id }) => id === choice.id);
  return found ? { use: choice.use, application: recordOf(found) } : null;
}

function recordOf({ name, owner }: Application) {
  return { name, organizationId: owner.id, organizationName: owner.name };
}

function scopeIn(
  scope: NonNullable<ApproveOptions['scope']>,
  { groups }: Pick<PermitOptions, 'groups'>,
): Reaching['scope'] | null {
  if (typeof scope === 'string') return { to: scope };
  const group = groups.find(({ id }) => id === scope.group);
  return group ? { to: 'group', group } : null;
}
