import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { withCleanComplaints } from './input.ts';
import type { ListedTool } from './listed.ts';
import type { ToolDefinition } from './tool.ts';

/** Loads the tools, with the first call of one. */
export async function toolNamed(name: string): Promise<ToolDefinition> {
  const { TOOLS } = await import('../called.ts');
  const tools = TOOLS as readonly unknown[] as readonly ToolDefinition[];
  const found = tools.find((tool) => tool.name === name);
  if (!found) throw new Error(`There is no tool ${name}.`);
  return found;
}

/** What lists say of a tool's schemas; values are held against the whole of them, which are loaded for it. */
export function schemasOf({ name, input, output }: ListedTool) {
  return {
    inputSchema: told(input, async () => withCleanComplaints((await toolNamed(name)).input)),
    outputSchema: told(output, async () => (await toolNamed(name)).output),
  };
}

function told(json: Record<string, unknown>, whole: () => Promise<StandardSchemaWithJSON>): StandardSchemaWithJSON {
  return {
    '~standard': {
      version: 1,
      vendor: 'countersign',
      validate: async (value) => await (await whole())['~standard'].validate(value),
      jsonSchema: { input: () => json, output: () => json },
    },
  };
}
