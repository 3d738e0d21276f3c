import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { type Era, MODERN } from '../mcp-server/mcp/client.ts';

export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a client finds in a server that it starts: its tools, and what `list_accounts` answers. */
export async function drive({ command, args, env }: Start, era: Era) {
  const client = new Client(
    { name: 'test-client', version: '1.0.0' },
    { versionNegotiation: { mode: era === 'modern' ? { pin: MODERN } : 'legacy' } },
  );
  await client.connect(new StdioClientTransport({ command, args: [...args], env: { ...env }, stderr: 'inherit' }));
  try {
    const { tools } = await client.listTools();
    const { content } = await client.callTool({ name: 'list_accounts', arguments: {} });
    const texts = content.map((block) => (block.type === 'text' ? block.text : ''));
    return {
      version: client.getServerVersion()?.version,
      tools: tools.map(({ name }) => name),
      accounts: texts.join('\n'),
    };
  } finally {
    await client.close();
  }
}
