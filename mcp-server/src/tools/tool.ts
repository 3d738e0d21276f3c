import { VendorError } from '@countersign/shared/errors';
import type { AccountsNow } from '@countersign/shared/provider';
import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import type { Person } from '../confirm/person.ts';
import type { Tell } from '../confirm/progress.ts';
import type { Runtime } from '../runtime.ts';

/** What one call of a tool sees of the world. */
export interface ToolCall {
  readonly runtime: Runtime;
  /** The accounts that assistants may see. */
  readonly accounts: AccountsNow;
  /** The person behind the client, as far as the client lets us ask. */
  readonly person: Person;
  readonly signal: AbortSignal;
  /** `null`: the client didn't ask to be told how its call gets on. */
  readonly tell: Tell | null;
}

export interface Answer<Output> {
  readonly structured: Output;
  /** For people, and for models that read text alone. */
  readonly text: string;
  readonly isError?: boolean;
}

/** A sentence for the model that says what to do; nothing was done. */
export class ToolRefusal extends Error {}

/** What was asked for isn't there, or isn't to be seen. */
export class NothingThere extends ToolRefusal {}

export function isNothingThere(error: unknown): boolean {
  return error instanceof NothingThere || (error instanceof VendorError && error.kind === 'not-found');
}

export interface ToolDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A strict object: a key that nobody reads is refused, not ignored. */
  readonly input: Input;
  readonly output: Output;
  readonly writes: 'nothing' | 'approval' | 'denial' | 'ownership';
  /** @throws ToolRefusal, VendorError, SettingsError — the server answers with their sentence */
  readonly handle: (input: z.output<Input>, call: ToolCall) => Promise<Answer<z.output<Output>> | InputRequiredResult>;
}

/** Keeps the types of input and output tied to each other while tools of all kinds stand in one list. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType>(
  tool: ToolDefinition<Input, Output>,
): ToolDefinition<Input, Output> {
  return tool;
}

export function toResult(answer: Answer<unknown>): CallToolResult {
  return {
    content: [{ type: 'text', text: answer.text }],
    structuredContent: answer.structured as Record<string, unknown>,
    ...(answer.isError ? { isError: true } : {}),
  };
}

/** The structured part of what a tool answers that asks nobody. */
export function structuredOf<Output>(answer: Answer<Output> | InputRequiredResult): Output {
  if (!isAnswer(answer)) throw new Error('A tool that asks a person was used to read.');
  return answer.structured;
}

export function isAnswer<Output>(answer: Answer<Output> | InputRequiredResult): answer is Answer<Output> {
  return 'structured' in answer;
}
