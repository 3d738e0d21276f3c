import type { Sandbox, SandboxAccounts } from '@countersign/shared/sandbox';
import { wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { assignment, commandLine } from '../shell.ts';
import type { Surroundings } from '../surroundings.ts';

export interface AccountsFile {
  /** Absolute. */
  readonly path: string;
  readonly isWritten: boolean;
}

/** How to use a running sandbox: from another terminal, and from an assistant. */
export function invitation(
  sandbox: Sandbox,
  accounts: SandboxAccounts,
  file: AccountsFile,
  { output, self, platform }: Surroundings,
): readonly string[] {
  const environment = { COUNTERSIGN_CONFIG: file.path, ...accounts.secrets };
  const server = { type: 'stdio', command: self.command, args: [...self.args, 'mcp'], env: environment };
  return [
    ...wrapped(
      output,
      `The sandbox is running: ThreatLocker at ${sandbox.threatLocker.url}, Admin By Request at ${sandbox.adminByRequest.url}. People, files and secrets in it are made up. Ctrl-C ends it.`,
    ),
    ...accountsFileLines(output, accounts, file),
    ...headed(output, 'From another terminal:'),
    ...Object.entries(environment).map(([name, value]) => `  ${assignment(platform, name, value)}`),
    `  ${commandLine(platform, self)} list`,
    ...headed(
      output,
      'From VS Code, in the workspace\'s .vscode/mcp.json (other MCP clients call "servers" "mcpServers"):',
    ),
    JSON.stringify({ servers: { 'countersign-sandbox': server } }, null, 2),
  ];
}

function accountsFileLines(output: Output, { file: content }: SandboxAccounts, file: AccountsFile): readonly string[] {
  if (file.isWritten) return headed(output, `The accounts file is ${file.path}.`).slice(0, -1);
  return [
    ...headed(output, `Save this accounts file as ${file.path}, or start again with --write:`),
    JSON.stringify(content, null, 2),
  ];
}

function headed(output: Output, heading: string): readonly string[] {
  return ['', ...wrapped(output, heading).map((line) => painted(output, 'bold', line)), ''];
}
