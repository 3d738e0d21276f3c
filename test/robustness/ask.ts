import { type Asked, answerIn, type Lines, type Message } from '../mcp-server/mcp/lines.ts';
import type { Given } from './run.ts';

/** Calls a write tool: somebody is asked, or it is told at once why nobody is. Rejects when the process is gone. */
export async function ask(
  lines: Lines,
  tool: string,
  args: object,
): Promise<{ readonly asked: Asked } | { readonly told: string }> {
  try {
    return { asked: await lines.ask(tool, args) };
  } catch (error) {
    const told = error instanceof Error ? /^Nobody was asked: (.*)$/s.exec(error.message)?.[1] : undefined;
    if (told === undefined) throw error;
    const message = JSON.parse(told) as Message;
    return { told: saidIn('result' in message ? message : { result: message as Record<string, unknown> }) };
  }
}

const REPLIES = {
  yes: (text) => ({ action: 'accept', content: { confirm: text } }),
  no: () => ({ action: 'decline' }),
  'wrong text': (text) => ({ action: 'accept', content: { confirm: `${text} not` } }),
} as const satisfies Record<Given, (text: string) => object>;

/** @returns the status that the process told */
export async function reply(asked: Asked, given: Given): Promise<string> {
  return saidIn(await asked.answer(REPLIES[given](asked.text)));
}

/** The sentences of all refusals so far, for whoever expected none. */
export const refusals: string[] = [];

/** The status, or the sentence that stands in its place. */
export function saidIn(message: Message): string {
  const { status, text } = answerIn(message);
  if (status === 'refused') refusals.push(text);
  return status === '' ? text : status;
}
