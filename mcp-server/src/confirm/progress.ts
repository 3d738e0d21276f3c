import type { AnswerChannel } from '@countersign/shared/account';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { ToolCall } from '../tools/tool.ts';

const EVERY_SECONDS = 5;

/** Tells the client how a call gets on. */
export type Tell = (secondsSoFar: number, message: string) => void;

/** `null`: the client didn't ask to be told. */
export function tellerOf({ mcpReq }: ServerContext): Tell | null {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return null;
  return (progress, message) => {
    mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, progress, message } })
      // A client that is gone is noticed elsewhere.
      .catch(() => undefined);
  };
}

/** Tells every few seconds that the work goes on, so that the client waits for it; nothing once it is done. */
export async function whileTelling<T>({ tell, signal }: ToolCall, message: string, work: () => Promise<T>): Promise<T> {
  if (tell === null) return await work();
  let seconds = 0;
  const tellOnce = () => {
    if (!signal.aborted) tell(seconds, message);
    seconds += EVERY_SECONDS;
  };
  tellOnce();
  const timer = setInterval(tellOnce, EVERY_SECONDS * 1000).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

const WHERE: Readonly<Record<AnswerChannel, string>> = {
  extension: 'in the editor',
  elicitation: "in the assistant's client",
  terminal: 'at a terminal',
  unattended: 'in the ticket system',
};

export function waitingText(channel: AnswerChannel): string {
  return `Waiting for a person to answer ${WHERE[channel]}, and for what comes of it.`;
}
