import * as vscode from 'vscode';
import { createEmitter } from '../event.ts';
import type { McpServer, McpServers } from '../host.ts';

const PROVIDER = 'countersign';

/** The editor asks from the start; servers come when they are known. */
export function createMcpOffer(): { readonly offer: (servers: McpServers) => boolean } & vscode.Disposable {
  // Editors made from VS Code may lack it, whatever the types say.
  const register = (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerMcpServerDefinitionProvider;
  if (!register) return { offer: () => false, dispose: () => undefined };
  const changed = createEmitter<void>();
  let offered: McpServers | null = null;
  const known = new WeakMap<vscode.McpServerDefinition, McpServer>();
  const definitionOf = (server: McpServer) => {
    const { label, command, args, env, version } = server;
    const definition = new vscode.McpStdioServerDefinition(label, command, [...args], { ...env }, version);
    known.set(definition, server);
    return definition;
  };
  const registration = register(PROVIDER, {
    onDidChangeMcpServerDefinitions: (listener: () => void) => changed.event(listener),
    provideMcpServerDefinitions: async () => ((await offered?.servers()) ?? []).map(definitionOf),
    resolveMcpServerDefinition: async (definition) => {
      const server = known.get(definition) ?? (await sameAs(definition));
      const resolved = server && (await offered?.resolve(server));
      return resolved ? definitionOf(resolved) : undefined;
    },
  });
  /** The editor may hand over a copy of what it was given. */
  async function sameAs({ label }: vscode.McpServerDefinition): Promise<McpServer | null> {
    return (await offered?.servers())?.find((server) => server.label === label) ?? null;
  }
  return {
    offer: (servers) => {
      offered = servers;
      servers.onDidChange(() => changed.fire());
      changed.fire();
      return true;
    },
    dispose: () => registration.dispose(),
  };
}
