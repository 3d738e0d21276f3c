import { type McpServer, ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { tellable } from '../assistants.ts';
import { JSON_TYPE } from '../resources/resource.ts';
import { withCleanComplaints } from '../tools/input.ts';
import { isNothingThere, type ToolCall, ToolRefusal } from '../tools/tool.ts';
import type { Briefing, PromptDefinition, Suggest } from './prompt.ts';

export function registerPrompt(
  server: McpServer,
  prompt: PromptDefinition,
  callIn: (context: ServerContext) => Promise<ToolCall>,
  accountIds: Suggest,
): void {
  const { name, title, description, args, brief } = prompt;
  const argsSchema = withCleanComplaints(args(accountIds));
  server.registerPrompt(name, { title, description, argsSchema }, async (given: unknown, context: ServerContext) => {
    try {
      return { description, messages: messagesOf(await brief(given, await callIn(context))) };
    } catch (error) {
      throw asProtocolError(error);
    }
  });
}

/** Two messages, so that no words of others can pass for ours. */
function messagesOf({ instructions, data: { uri, content } }: Briefing) {
  return [
    { role: 'user' as const, content: { type: 'text' as const, text: instructions } },
    {
      role: 'user' as const,
      content: {
        type: 'resource' as const,
        resource: { uri, mimeType: JSON_TYPE, text: JSON.stringify(content) },
      },
    },
  ];
}

function asProtocolError(error: unknown): ProtocolError {
  const { sentence } = tellable(error);
  const isTheirs = error instanceof ToolRefusal || isNothingThere(error);
  return new ProtocolError(isTheirs ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError, sentence);
}
