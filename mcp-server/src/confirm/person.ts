import { randomBytes } from 'node:crypto';
import type { DecisionId, PlanDigest } from '@countersign/shared/approval';
import type { PersonsAnswer } from '@countersign/shared/decide';
import type { Proposer } from '@countersign/shared/ledger';
import {
  createRequestStateCodec,
  type ElicitRequestFormParams,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';

/** What a client holds while its person is asked: which decision, and which digest of it. Signed by us, and good once. */
export interface OpenQuestion {
  readonly decision: DecisionId;
  readonly digest: PlanDigest;
  /** Digest of the call that asked. */
  readonly call: string;
}

interface Question {
  readonly message: string;
  readonly confirmText: string;
  readonly open: OpenQuestion;
  readonly expiresAt: string;
}

/** What came of a form: an answer; or none, since we closed it or the client is gone. */
export type Heard = PersonsAnswer | { readonly kind: 'closed' } | { readonly kind: 'gone' };

type Asked =
  /** Settles with the form, which may outlive the call that showed it; never rejects. */
  { readonly form: Promise<Heard> } | { readonly waiting: InputRequiredResult };

/** The person behind a client, in the terms of the protocol revision that the client speaks. */
export interface Person {
  readonly proposer: Proposer;
  /** Whether the client says that it can show a form. */
  readonly canBeAsked: boolean;
  /** @param closed closes the form, because its answer would count for nothing any more */
  ask(question: Question, closed: AbortSignal): Promise<Asked>;
  /** The answer that this call carries to a question of an earlier one (2026-07-28); `null` when it carries none. */
  readonly returned: { readonly open: OpenQuestion; readonly answer: PersonsAnswer } | null;
}

/** Signs what travels through the client. The key lives as long as the process, like the plans that it speaks of. */
export const questionCodec = createRequestStateCodec<OpenQuestion>({
  key: randomBytes(32),
  // Longer than any plan lives, so that a late answer is told that it is late.
  ttlSeconds: 2 * 3600,
  bind: (context) => context.mcpReq.method,
});

const LATE_MS = 60_000;

const CONFIRM = 'confirm';
const envelope = z.object({
  'io.modelcontextprotocol/clientCapabilities': z
    .object({ elicitation: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  'io.modelcontextprotocol/clientInfo': z.object({ name: z.string() }).optional(),
});
const capabilities = z.object({ elicitation: z.record(z.string(), z.unknown()).optional() });
const content = z.strictObject({ [CONFIRM]: z.string() });

export function personBehind(server: McpServer, context: ServerContext, connection: string): Person {
  return context.mcpReq.envelope === undefined
    ? legacyPerson(server, context, connection)
    : modernPerson(context, connection);
}

/** Until 2025-11-25 a server asks its client by a request of its own. */
function legacyPerson(server: McpServer, context: ServerContext, connection: string): Person {
  const declared = capabilities.safeParse(server.server.getClientCapabilities() ?? {}).data;
  return {
    proposer: { client: connection, name: server.server.getClientVersion()?.name ?? 'unnamed client' },
    canBeAsked: showsForms(declared?.elicitation),
    returned: null,
    ask: async (question, closed) => ({ form: showForm(server, context, question, closed) }),
  };
}

/**
 * Sent with the call, because over HTTP there may be no other way to the client than the stream of the call's answer; what
 * comes back finds its way also when the call is over.
 */
async function showForm(
  server: McpServer,
  context: ServerContext,
  question: Question,
  closed: AbortSignal,
): Promise<Heard> {
  // The plan's end closes the form. This is for one whose end can't be told, because its ledger fails.
  const timeout = Math.max(0, Date.parse(question.expiresAt) - Date.now()) + LATE_MS;
  try {
    // Not elicitInput: it would throw for a form filled in wrongly, which then looked like one that nobody saw.
    const result = await context.mcpReq.send(
      { method: 'elicitation/create', params: formFor(question) },
      { timeout, maxTotalTimeout: timeout, signal: closed },
    );
    return answerIn(result.action, result.content);
  } catch {
    if (server.server.transport === undefined) return { kind: 'gone' };
    if (closed.aborted) return { kind: 'closed' };
    // The client gave up, or sent what is no answer: none of it is a person's yes.
    return { kind: 'cancelled' };
  }
}

/** Since 2026-07-28 the question is the call's result, and the answer comes with the next call. */
function modernPerson(context: ServerContext, connection: string): Person {
  const declared = envelope.safeParse(context.mcpReq.envelope).data;
  const open = context.mcpReq.requestState<OpenQuestion>();
  return {
    proposer: { client: connection, name: declared?.['io.modelcontextprotocol/clientInfo']?.name ?? 'unnamed client' },
    canBeAsked: showsForms(declared?.['io.modelcontextprotocol/clientCapabilities']?.elicitation),
    returned: open === undefined ? null : { open, answer: returnedAnswer(context) },
    ask: async (question) => ({
      waiting: inputRequired({
        inputRequests: { [CONFIRM]: inputRequired.elicit(formFor(question)) },
        requestState: await questionCodec.mint(question.open, context),
      }),
    }),
  };
}

/** An empty declaration means forms, as before there were other modes. */
function showsForms(elicitation: Record<string, unknown> | undefined): boolean {
  return elicitation !== undefined && ('form' in elicitation || Object.keys(elicitation).length === 0);
}

function returnedAnswer(context: ServerContext): PersonsAnswer {
  const response = inputResponse(context.mcpReq.inputResponses, CONFIRM);
  return response.kind === 'elicit' ? answerIn(response.action, response.content) : { kind: 'cancelled' };
}

/** Only an accepted form with exactly the one text counts as typed; what a client accepts by itself is empty. */
function answerIn(action: string, given: unknown): PersonsAnswer {
  if (action === 'decline') return { kind: 'declined' };
  if (action !== 'accept') return { kind: 'cancelled' };
  const typed = content.safeParse(given);
  return { kind: 'typed', text: typed.success ? (typed.data[CONFIRM] ?? '') : '' };
}

function formFor({ message, confirmText }: Question): ElicitRequestFormParams {
  return {
    mode: 'form',
    message,
    requestedSchema: {
      type: 'object',
      properties: {
        [CONFIRM]: {
          type: 'string',
          title: 'Confirmation',
          description: `To confirm, type "${confirmText}". Any other text, and Decline, ends this proposal: nothing is sent, and the request is neither approved nor denied.`,
          minLength: 1,
        },
      },
      required: [CONFIRM],
    },
  };
}
