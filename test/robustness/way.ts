import { countersign, createSigningKey } from '@countersign/shared/approval';
import type { DecisionRecord, OpenLedger } from '@countersign/shared/ledger';
import type { Era } from '../mcp-server/mcp/client.ts';
import { openLines } from '../mcp-server/mcp/lines.ts';
import { openLedgerIn } from '../support/ledger.ts';
import { ask, reply, saidIn } from './ask.ts';
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

/** An editor's signed answer, left in the ledger for the process that waits for it. The editor itself lives on. */
const signature: Way = {
  propose: async (stage, { tool, args, era, env }) => {
    const key = createSigningKey();
    const editor = openLedgerIn(stage.stateFolder);
    stage.atTheEnd(() => editor.close());
    await editor.listen(key.publicKey.id);
    const lines = await openLines(stage.place, { era, env: { ...env, COUNTERSIGN_APPROVER_KEY: key.publicKey.text } });
    stage.isMortal(lines.child);
    const called = lines.request('tools/call', { name: tool, arguments: args }).then((message) => saidIn(message));
    const waiting = waitingPlan(editor);
    const first = await Promise.race([called, waiting]).catch(async (error: unknown) => {
      // The person at the editor doesn't see that the process is gone: their yes comes too late for it, and for anybody else.
      const [open] = await editor.waiting('extension');
      if (open) await editor.leave(countersign(key, open.plan, open.digest, open.plan.verdict));
      throw error;
    });
    if (typeof first === 'string') return { told: first };
    const { plan, digest } = first;
    return {
      question: {
        answer: async (given) => {
          const verdict = given === 'no' ? 'decline' : plan.verdict;
          const signer = given === 'wrong text' ? createSigningKey() : key;
          await editor.leave(countersign(signer, plan, digest, verdict));
          return await called;
        },
      },
    };
  },
};

/** The first plan that waits for an editor. */
async function waitingPlan(editor: OpenLedger): Promise<DecisionRecord> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = editor.watch(resolve);
    const [first] = await editor.waiting('extension');
    if (first) {
      stop();
      return first;
    }
    await promise;
    stop();
  }
}

export const WAYS = { elicitation, signature } as const satisfies Record<string, Way>;
export type WayName = keyof typeof WAYS;
