import type { Plan, PlanTarget, Verdict } from '@countersign/shared/approval';
import { quoted, slug } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';

const NAME_MAX = 60;

/** The file's name as a person knows it; `null` where the request is about none. */
function fileName({ facts }: PlanTarget): string | null {
  return facts.path?.split(/[\\/]/).filter(Boolean).at(-1) ?? null;
}

/** What one request of a plan is about, in quotes; its reference, where it is about no file. */
export function subjectOf(target: PlanTarget): string {
  const name = fileName(target);
  return name === null ? target.request : quoted(name, NAME_MAX);
}

/** What a plan is about: its only subject, or how many. */
function subjectsOf({ targets }: Pick<Plan, 'targets'>): string {
  const [only, ...others] = targets;
  return only && others.length === 0 ? subjectOf(only) : l10n.t('{0} requests', targets.length);
}

/** As a heading or a row: `Approve "obsidian.exe"`. Each verb in a sentence of its own, so that no two can be exchanged. */
export function titleOf(plan: Pick<Plan, 'verdict' | 'targets'>): string {
  const subjects = subjectsOf(plan);
  switch (plan.verdict) {
    case 'approve':
      return l10n.t('Approve {0}', subjects);
    case 'deny':
      return l10n.t('Deny {0}', subjects);
    case 'take-ownership':
      return l10n.t('Take ownership of {0}', subjects);
    default:
      return plan.verdict satisfies never;
  }
}

export function questionOf(plan: Pick<Plan, 'verdict' | 'targets'>): string {
  const subjects = subjectsOf(plan);
  switch (plan.verdict) {
    case 'approve':
      return l10n.t('Approve {0}?', subjects);
    case 'deny':
      return l10n.t('Deny {0}?', subjects);
    case 'take-ownership':
      return l10n.t('Take ownership of {0}?', subjects);
    default:
      return plan.verdict satisfies never;
  }
}

/**
 * The button that does it. What a file is called can't make it read like another one: of its name, letters, digits, dots and
 * hyphens are left, and nothing where it is written in others.
 */
export function actOf({ verdict, targets }: Pick<Plan, 'verdict' | 'targets'>): string {
  const [only, ...others] = targets;
  if (only && others.length === 0) return singleAct(verdict, slug(fileName(only) ?? ''));
  switch (verdict) {
    case 'approve':
      return l10n.t('Approve {0} requests', targets.length);
    case 'deny':
      return l10n.t('Deny {0} requests', targets.length);
    case 'take-ownership':
      return l10n.t('Take ownership of {0} requests', targets.length);
    default:
      return verdict satisfies never;
  }
}

/**
 * What is typed for an approval that a stop speaks against: the verdict, then the file's own name or else the number of requests.
 * Never the text that the plan brings for this: another process wrote it, and a prompt of the editor draws links.
 */
export function typedActOf({ verdict, targets }: Pick<Plan, 'verdict' | 'targets'>): string {
  const [only, ...others] = targets;
  const name = only && others.length === 0 ? slug(fileName(only) ?? '') : null;
  return `${verdict} ${name ?? targets.length}`;
}

function singleAct(verdict: Verdict, name: string | null): string {
  switch (verdict) {
    case 'approve':
      return name === null ? l10n.t('Approve this request') : l10n.t('Approve {0}', name);
    case 'deny':
      return name === null ? l10n.t('Deny this request') : l10n.t('Deny {0}', name);
    case 'take-ownership':
      return name === null ? l10n.t('Take ownership of this request') : l10n.t('Take ownership of {0}', name);
    default:
      return verdict satisfies never;
  }
}

/** What somebody else's plan asks for: `"claude" proposes to approve "obsidian.exe"`. @param who a client's own name for itself */
export function proposalOf(plan: Pick<Plan, 'verdict' | 'targets'>, who: string): string {
  const name = proposerName(who);
  const subjects = subjectsOf(plan);
  switch (plan.verdict) {
    case 'approve':
      return l10n.t('{0} proposes to approve {1}.', name, subjects);
    case 'deny':
      return l10n.t('{0} proposes to deny {1}.', name, subjects);
    case 'take-ownership':
      return l10n.t('{0} proposes to take ownership of {1}.', name, subjects);
    default:
      return plan.verdict satisfies never;
  }
}

export function proposerName(who: string): string {
  return quoted(who, NAME_MAX);
}
