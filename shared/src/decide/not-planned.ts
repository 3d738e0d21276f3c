import type { ApprovalRequest, RequestReference, Verdict } from '../approval/index.ts';
import type { TargetOutcome } from '../ledger/index.ts';
import type { AccountEntry, Preparation } from '../provider/index.ts';
import { cleanLine, quoted } from '../text/index.ts';
import { refusedEverywhere, type TargetFindings } from './findings.ts';
import type { DecisionResult, TargetChoice } from './result.ts';

// What keeps a decision from being planned: one of its requests is enough.

export interface Prepared {
  readonly reference: RequestReference;
  readonly entry: AccountEntry;
  readonly preparation: Preparation;
}

/** By the vendor's record or by its choices; `null`: nothing does. */
export function stoppedAt(prepared: readonly Prepared[]): DecisionResult | null {
  return refusal(prepared) ?? handled(prepared) ?? openChoice(prepared);
}

/** By what was found; `null`: nothing does. @param found on the requests, in their order */
export function forbiddenIn(
  requests: readonly ApprovalRequest[],
  verdict: Verdict,
  found: readonly TargetFindings[],
): DecisionResult | null {
  for (const [index, request] of requests.entries()) {
    const message = refusedEverywhere(verdict, found.slice(index, index + 1));
    if (message === null) continue;
    const target = { request: request.reference, status: 'refused', by: 'guardrail', message } as const;
    const said = stoppedBy(request, message, requests.length);
    return { decision: null, status: 'refused', by: 'guardrail', message: said, targets: [target] };
  }
  return null;
}

/** One target that can't be decided stops them all, so that nobody confirms something other than what was asked. */
function refusal(prepared: readonly Prepared[]): DecisionResult | null {
  const targets = prepared.flatMap(({ reference, preparation }) =>
    preparation.outcome === 'refused'
      ? [{ request: reference, status: 'refused' as const, message: preparation.message, by: preparation.by }]
      : [],
  );
  const [first] = targets;
  return first
    ? { decision: null, status: 'refused', by: first.by, message: stopping(prepared, first), targets }
    : null;
}

/** What stops all of them, by the first that does; of several it is named, so that it can be left out. */
function stopping(
  prepared: readonly Prepared[],
  { request, message }: Pick<TargetOutcome, 'request' | 'message'>,
): string {
  const first = prepared.find(({ reference }) => reference === request);
  return first ? stoppedBy(first.preparation.request, message, prepared.length) : `${message} Nothing was sent.`;
}

function stoppedBy({ reference, subject }: ApprovalRequest, message: string, count: number): string {
  if (count < 2) return `${message} Nothing was sent.`;
  const name = subject.name === null ? reference : `${quoted(subject.name, 100)} (${reference})`;
  return `${name}: ${message} Nothing was sent for any of the ${count} requests. Leave this one out, and decide the others anew.`;
}

function openChoice(prepared: readonly Prepared[]): DecisionResult | null {
  const open = prepared.flatMap(({ reference, preparation }) =>
    preparation.outcome === 'needs-choice' ? [{ reference, ...preparation }] : [],
  );
  const targets = open.map(({ reference, message }) => ({
    request: reference,
    status: 'needs-choice' as const,
    message,
  }));
  const [first] = targets;
  if (!first) return null;
  return {
    decision: null,
    status: 'needs-choice',
    message: stopping(prepared, first),
    targets,
    choices: open.flatMap(({ reference, choices }) =>
      choices.map((choice): TargetChoice => ({ request: reference, ...choice })),
    ),
  };
}

/** What is handled already asks nobody; beside others it stops them, so that what is confirmed is what was asked for. */
function handled(prepared: readonly Prepared[]): DecisionResult | null {
  const targets = prepared.flatMap(({ reference, preparation }): readonly TargetOutcome[] => {
    if (preparation.outcome !== 'already-handled') return [];
    const by = preparation.request.decided?.by;
    const message = preparation.message;
    return [
      { request: reference, status: 'already-handled', message, ...(by ? { decidedBy: cleanLine(by, 100) } : {}) },
    ];
  });
  const [first] = targets;
  return first ? { decision: null, status: 'already-handled', message: stopping(prepared, first), targets } : null;
}
