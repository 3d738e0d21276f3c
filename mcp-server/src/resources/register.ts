import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { tellable } from '../assistants.ts';
import type { Suggest } from '../prompts/prompt.ts';
import { isNothingThere, type ToolCall } from '../tools/tool.ts';
import { JSON_TYPE, type ResourceDefinition } from './resource.ts';

export function registerResource(
  server: McpServer,
  resource: ResourceDefinition,
  callIn: (context: ServerContext) => Promise<ToolCall>,
  accountIds: Suggest,
): void {
  const { name, title, description, uri, read } = resource;
  const about = { title, description, mimeType: JSON_TYPE };
  const answer = async ({ href }: URL, variables: Readonly<Record<string, unknown>>, context: ServerContext) => {
    try {
      const content = await read(textsIn(variables), await callIn(context));
      return { contents: [{ uri: href, mimeType: JSON_TYPE, text: JSON.stringify(content) }] };
    } catch (error) {
      throw asProtocolError(error, href);
    }
  };
  if (uri.includes('{')) {
    // What waits is told by the queue; listing it here would ask the vendors once more.
    const template = new ResourceTemplate(uri, { list: undefined, complete: { account: accountIds } });
    server.registerResource(name, template, about, answer);
  } else {
    server.registerResource(name, uri, about, (href, context) => answer(href, {}, context));
  }
}

function asProtocolError(error: unknown, uri: string): ProtocolError {
  const { sentence } = tellable(error);
  return isNothingThere(error)
    ? new ResourceNotFoundError(uri, sentence)
    : new ProtocolError(ProtocolErrorCode.InternalError, sentence);
}

/** A variable may come several times; ours don't. */
function textsIn(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
