import type { Channel } from '@countersign/shared/account';
import type { DecisionId } from '@countersign/shared/approval';
import { aborted, type DecisionResult } from '@countersign/shared/decide';
import type { ToolCall } from '../tools/tool.ts';
import { waitingText, whileTelling } from './progress.ts';

export const TAKEN_BACK = 'The client took its call back.';

/**
 * Waits for a decision's end as long as the settings say; after that it can be asked for by its id, and whoever is asked may
 * still answer. A call that is taken back before takes its plan with it.
 */
export async function waitFor(
  decision: DecisionId,
  channel: Channel,
  end: Promise<DecisionResult>,
  call: ToolCall,
): Promise<DecisionResult> {
  const { signal, accounts } = call;
  const { decisions } = call.runtime;
  const patience = AbortSignal.timeout(accounts.settings.confirmation.waitSeconds * 1000);
  return await whileTelling(call, waitingText(channel), async () => {
    const early = await Promise.race([end, aborted(AbortSignal.any([signal, patience]))]);
    if (signal.aborted) return await decisions.close(decision, TAKEN_BACK);
    // What is being carried out is waited for.
    return early ?? (await decisions.outcome(decision, AbortSignal.abort()));
  });
}
