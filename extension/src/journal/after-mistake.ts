import { isJsonObject, type JsonObject, type Plan, type PlanTarget, type Verdict } from '@countersign/shared/approval';
import type { DecisionRecord } from '@countersign/shared/ledger';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { titleOf } from '../confirm/index.ts';

const LINE_MAX = 1_000;

/** What can be undone of a decision, and where. Plain text: names in it are other people's. @param effects what was carried out, in words */
export function afterMistake(record: DecisionRecord, effects: readonly string[]): string {
  const { plan } = record;
  const applied = appliedTargets(record);
  return `${[
    l10n.t('WHAT TO DO AFTER A MISTAKE'),
    '',
    titleOf({ ...plan, targets: applied }),
    l10n.t('Decision {0}, planned {1}', plan.decision, plan.plannedAt),
    ...applied.map(({ request }) => l10n.t('Request {0}', request)),
    '',
    l10n.t('What was carried out:'),
    ...effects.map((line) => `- ${cleanLine(line, LINE_MAX)}`),
    '',
    l10n.t(
      'Countersign takes nothing back: no vendor offers a call that is sure to. Undo it in the portal, with somebody who has the right to.',
    ),
    '',
    ...stepsFor(plan, applied).map((step, index) => `${index + 1}. ${step}`),
    '',
    l10n.t('The journal keeps what was decided. Nothing in it is changed or removed.'),
  ].join('\n')}\n`;
}

/** Those of its requests on which it was carried out. */
export function appliedTargets({ plan, outcomes }: DecisionRecord): readonly PlanTarget[] {
  return plan.targets.filter(({ request }) =>
    outcomes.some((outcome) => outcome.request === request && outcome.status === 'applied'),
  );
}

function stepsFor({ provider, verdict, decision }: Plan, applied: readonly PlanTarget[]): readonly string[] {
  switch (provider) {
    case 'threatlocker':
      return threatLocker(verdict, decision, applied);
    case 'admin-by-request':
      return adminByRequest(verdict);
    default:
      return provider satisfies never;
  }
}

function threatLocker(verdict: Verdict, decision: string, applied: readonly PlanTarget[]): readonly string[] {
  switch (verdict) {
    case 'approve':
      return [
        l10n.t('If what was permitted may do harm, isolate or lock down the computer in the portal first.'),
        ...[...new Set(applied.flatMap(permitSteps))],
        l10n.t('Deploy policies, so that the computers learn of it.'),
        l10n.t('See in the Unified Audit whether it ran in the meantime.'),
        l10n.t('In the Approval Center the request carries the comment [countersign {0}].', decision),
      ];
    case 'deny':
      return [
        l10n.t('A denied request is not opened again from here. The user can run the file again and ask anew.'),
        l10n.t(
          'Somebody with the right to can also permit the file in the portal, from its entry in the Unified Audit.',
        ),
        l10n.t('If a message went to the requester, tell them that it no longer holds.'),
      ];
    case 'take-ownership':
      return [
        l10n.t('Assign the request to whoever had it, in the Approval Center. Nothing was decided by taking it.'),
      ];
    default:
      return verdict satisfies never;
  }
}

/** By what the write itself says that it made. */
function permitSteps({ write }: PlanTarget): readonly string[] {
  const body = parsed(write.body);
  const applications = objectIn(body, 'matchingApplications');
  const conditions = objectIn(body, 'policyConditions');
  const policy = l10n.t('Application Control, Policies: disable or delete the policy that this approval made.');
  if (Number(conditions['ruleId'] ?? 0) !== 0) {
    return [
      l10n.t("End the computer's maintenance mode, if its hour isn't over."),
      l10n.t(
        'Remove from the application {0} what was added while it lasted.',
        nameIn(applications, 'existingApplication'),
      ),
    ];
  }
  if (applications['useMatchingApplication'] === true) {
    return [
      policy,
      l10n.t(
        'The policy permits everything in the application {0}, not only this file.',
        nameIn(applications, 'matchingApplication'),
      ),
    ];
  }
  if (applications['useExistingApplication'] === true) {
    return [
      l10n.t(
        'Application Control, Applications: remove this file from the application {0}. Until then it is permitted wherever a policy points at that application.',
        nameIn(applications, 'existingApplication'),
      ),
      l10n.t('Disable or delete the policy, if this approval made one.'),
    ];
  }
  const made = applications['newApplicationName'];
  return [
    policy,
    typeof made === 'string'
      ? l10n.t('Delete the application {0}, which was made for it, if nothing else uses it.', quoted(made, 100))
      : l10n.t('Delete the application that was made for it, if nothing else uses it.'),
  ];
}

function adminByRequest(verdict: Verdict): readonly string[] {
  switch (verdict) {
    case 'approve':
      return [
        l10n.t(
          'In the portal, under Requests, an approved request has a button "Deny". Press it if the request has not started yet.',
        ),
        l10n.t(
          'Whether that ends what has started is not documented: look at the computer, and end the session or the program there.',
        ),
        l10n.t("See in the portal's audit log what was run or installed with it."),
        l10n.t('An approval that nobody uses ends by itself after two weeks.'),
      ];
    case 'deny':
      return [
        l10n.t(
          'A denied request is not approved afterwards from here. The user can ask anew, and that request can be approved.',
        ),
      ];
    case 'take-ownership':
      return [];
    default:
      return verdict satisfies never;
  }
}

function nameIn(applications: JsonObject, key: string): string {
  const record = objectIn(applications, key);
  const name = record['name'] ?? record['applicationName'];
  return typeof name === 'string' ? quoted(name, 100) : l10n.t('(its name is not in the write)');
}

function parsed(body: string | null): JsonObject {
  const value: unknown = body === null ? null : JSON.parse(body);
  return isJsonObject(value) ? value : {};
}

function objectIn(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}
