import type { ToolCall } from '../tools/tool.ts';

/** What an assistant's client can read by itself: the structured answer of a read tool, as JSON. */
export interface ResourceDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** An address, or a template with variables in braces. */
  readonly uri: string;
  /** @throws NothingThere, ToolRefusal, VendorError, SettingsError — the server answers with their sentence */
  readonly read: (variables: Readonly<Record<string, string>>, call: ToolCall) => Promise<unknown>;
}

export const JSON_TYPE = 'application/json';
