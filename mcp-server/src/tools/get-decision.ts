import { aborted, type DecisionResult } from '@countersign/shared/decide';
import type { DecisionRecord, Ledger } from '@countersign/shared/ledger';
import * as z from 'zod';
import { waitingText, whileTelling } from '../confirm/progress.ts';
import { decisionResult, decisionResultOf } from '../present/decision.ts';
import { journalEntry, journalEntryOf } from '../present/journal-entry.ts';
import { standingText } from '../present/journal-text.ts';
import { findDecision, inLedger } from './ledger.ts';
import { defineTool, NothingThere, type ToolCall } from './tool.ts';

const NO_SUCH_DECISION = 'There is no such decision. list_decisions shows those there are.';

export const getDecision = defineTool({
  name: 'get_decision',
  title: 'See where a decision stands',
  description:
    'Tells where a proposed decision stands. Use it after awaiting-confirmation, with waitSeconds instead of asking again and again. It decides nothing.',
  input: z.strictObject({
    decision: z.string().max(64).describe('Id from a proposal or list_decisions.'),
    waitSeconds: z.int().min(0).max(600).default(0).describe('At most so long; stay below your own time-out.'),
  }),
  output: z.object({
    ...journalEntry.shape,
    ...decisionResult.pick({ by: true, message: true, journal: true }).shape,
  }),
  writes: 'nothing',
  handle: async ({ decision, waitSeconds }, call) => {
    const { runtime } = call;
    const answer = await inLedger(call, async (ledger) => {
      const record = await findDecision(ledger, decision, call);
      if (!record) return null;
      // Reading may work again, or the process that carries it out may be gone.
      if (isUnsettled(record)) await runtime.decisions.reconcile();
      const result = await standing(ledger, record, waitSeconds, call);
      const after = (await ledger.read(record.plan.decision)) ?? record;
      return { entry: journalEntryOf(after, runtime.now(), Number.POSITIVE_INFINITY), result };
    });
    if (!answer) throw new NothingThere(NO_SUCH_DECISION);
    const { entry, result } = answer;
    const { status, by, message, targets, journal } = decisionResultOf(result);
    const structured = {
      ...entry,
      status,
      ...(by ? { by } : {}),
      message,
      targets: targets.length === entry.targetsTotal ? targets : entry.targets,
      ...(journal ? { journal } : {}),
    };
    return { structured, text: standingText(structured) };
  },
});

function isUnsettled({ phase, outcomes, isOurs }: DecisionRecord): boolean {
  return outcomes.some(({ status }) => status === 'unknown') || (isUnderWay(phase) && !isOurs);
}

function isUnderWay(phase: DecisionRecord['phase']): phase is 'confirmed' | 'executing' {
  return phase === 'confirmed' || phase === 'executing';
}

type Standing = Omit<DecisionResult, 'status'> & { readonly status: string };

/** Its end, or how it stands when the waiting is over. What is being carried out is not waited for any longer than that. */
async function standing(
  ledger: Ledger,
  { plan, phase, channel }: DecisionRecord,
  waitSeconds: number,
  call: ToolCall,
): Promise<Standing> {
  const { runtime, signal } = call;
  // A plan that has run out is about to end, so its end is what is told.
  const hasRunOut = phase === 'planned' && runtime.now() >= Date.parse(plan.expiresAt);
  const until = hasRunOut ? signal : AbortSignal.any([signal, AbortSignal.timeout(waitSeconds * 1000)]);
  const outcome = runtime.decisions.outcome(plan.decision, until);
  const wait = () => Promise.race([outcome, aborted(until)]);
  const ended = phase === 'planned' ? await whileTelling(call, waitingText(channel), wait) : await wait();
  if (ended) return ended;
  const record = await ledger.read(plan.decision);
  if (!record || !isUnderWay(record.phase)) return await outcome;
  return {
    decision: plan.decision,
    status: record.phase,
    message: 'A person confirmed it, and it is being carried out. Ask again for its end.',
    targets: record.outcomes,
  };
}
