import type { DecisionResult, PlannedDecision } from '@countersign/shared/decide';
import { quoted } from '@countersign/shared/text';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import { complain } from '../complain.ts';
import type { ToolCall } from '../tools/tool.ts';
import { questionText } from './message.ts';
import type { Heard, Person } from './person.ts';
import { waitFor } from './wait.ts';

/**
 * Has the client show its form. Until 2025-11-25 it stays open when the call has been answered, and its answer is taken
 * whenever it comes; whoever answers elsewhere closes it.
 */
export async function askInClient(
  planned: PlannedDecision,
  thisCall: string,
  call: ToolCall,
): Promise<{ readonly waiting: InputRequiredResult } | { readonly result: DecisionResult }> {
  const { person, signal } = call;
  const { decisions } = call.runtime;
  const { plan, digest } = planned;
  const { decision } = plan;
  const form = new AbortController();
  // A client may show the reason.
  const closeForm = () => form.abort('This question is no longer open.');
  if (signal.aborted) closeForm();
  const asked = await person.ask(
    {
      message: questionText(planned, person.proposer.name),
      confirmText: plan.confirmText,
      open: { decision, digest, call: thisCall },
      expiresAt: plan.expiresAt,
    },
    form.signal,
  );
  if ('waiting' in asked) return asked;
  const end = decisions.outcome(decision, new AbortController().signal);
  end.then(closeForm, complain);
  const take = async (heard: Heard) => {
    switch (heard.kind) {
      case 'closed':
        return await end;
      case 'gone':
        return await decisions.close(decision, 'The client that proposed it is gone.');
      default:
        return await decisions.answer(decision, digest, heard, through(person));
    }
  };
  const taken = asked.form.then(take);
  // Nobody else says so when the call is over.
  taken.catch(complain);
  // At once, so that no answer is taken after the call was taken back. Once it is answered its signal means nothing any more.
  signal.addEventListener('abort', closeForm);
  try {
    return { result: await waitFor(decision, 'elicitation', taken, call) };
  } finally {
    signal.removeEventListener('abort', closeForm);
  }
}

/** Who answered, as far as anybody here can tell. */
export function through({ proposer }: Person): { readonly channel: 'elicitation'; readonly who: string } {
  return { channel: 'elicitation', who: `a person, as reported by the client ${quoted(proposer.name, 60)}` };
}
