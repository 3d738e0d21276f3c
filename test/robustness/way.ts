import type { Era } from '../mcp-server/mcp/client.ts';
import { openLines } from '../mcp-server/mcp/lines.ts';
import { ask, reply } from './ask.ts';
import type { Given } from './run.ts';
import type { Stage } from './stage.ts';

interface Proposed {
  readonly tool: string;
  readonly args: object;
  readonly era: Era;
  /** The environment of every process that may be killed. */
  readonly env: Readonly<Record<string, string>>;
}

/** A question that is open: the person's answer carries it out, or not. */
interface Question {
  /** @returns the status that the process told. Rejects when it is gone. */
  answer(given: Given): Promise<string>;
}

/** How a decision is proposed and a person's answer comes to it. Each process that it starts is mortal. */
export interface Way {
  /** A question, or the status that was told at once. Rejects when the process is gone. */
  propose(stage: Stage, proposed: Proposed): Promise<{ readonly question: Question } | { readonly told: string }>;
}

/** A form of the client's, answered to the process that asked. */
const elicitation: Way = {
  propose: async (stage, { tool, args, era, env }) => {
    const lines = await openLines(stage.place, { era, env });
    stage.isMortal(lines.child);
    const called = await ask(lines, tool, args);
    if ('told' in called) return called;
    return { question: { answer: (given) => reply(called.asked, given) } };
  },
};

export const WAYS = { elicitation } as const satisfies Record<string, Way>;
export type WayName = keyof typeof WAYS;
