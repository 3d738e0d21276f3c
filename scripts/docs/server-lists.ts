import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, type Prompt, type Resource, type ResourceTemplateType, type Tool } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/** The revisions of the protocol that stand for its two eras. */
export const REVISIONS = ['2025-11-25', '2026-07-28'] as const;

export interface ServerLists {
  readonly tools: readonly Tool[];
  readonly resources: readonly Resource[];
  readonly templates: readonly ResourceTemplateType[];
  readonly prompts: readonly Prompt[];
}

/** What the server lists to a client of that revision. */
export async function serverLists(revision: (typeof REVISIONS)[number]): Promise<ServerLists> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-docs-'));
  const client = new Client(
    { name: 'countersign-docs', version: '1.0.0' },
    { versionNegotiation: { mode: revision === '2025-11-25' ? 'legacy' : { pin: revision } } },
  );
  const env = { ...getDefaultEnvironment(), HOME: folder, COUNTERSIGN_STATE_DIR: folder };
  const args = ['mcp-server/dist/main.cjs', 'mcp'];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env }));
  try {
    const { resources: hasResources, prompts: hasPrompts } = client.getServerCapabilities() ?? {};
    return {
      tools: (await client.listTools()).tools,
      resources: hasResources ? (await client.listResources()).resources : [],
      templates: hasResources ? (await client.listResourceTemplates()).resourceTemplates : [],
      prompts: hasPrompts ? (await client.listPrompts()).prompts : [],
    };
  } finally {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
