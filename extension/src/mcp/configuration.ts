import type { Account } from '@countersign/shared/account';

export const CLIENTS = ['claude-code', 'claude-desktop', 'cursor', 'codex', 'vscode'] as const;
export type Client = (typeof CLIENTS)[number];

export const CLIENT_NAMES: Readonly<Record<Client, string>> = {
  'claude-code': 'Claude Code',
  'claude-desktop': 'Claude Desktop',
  cursor: 'Cursor',
  codex: 'Codex',
  vscode: 'VS Code (mcp.json)',
};

export interface ClientConfiguration {
  /** What goes to the clipboard. Holds no secret. */
  readonly text: string;
  /** Names of variables whose values the person has to fill in. */
  readonly missing: readonly string[];
}

/**
 * How another client on this computer starts the server of the terminal command with the accounts of this editor, and has
 * its proposals answered here. The secrets stay in the editor's keyring, so each one's place is left open.
 */
export function configurationFor(
  client: Client,
  file: string,
  accounts: readonly Account[],
  approverKey: string,
  platform: NodeJS.Platform,
): ClientConfiguration {
  const missing = [...new Set(accounts.flatMap(({ secret }) => ('env' in secret ? [secret.env] : [])))];
  const env = { COUNTERSIGN_CONFIG: file, COUNTERSIGN_APPROVER_KEY: approverKey };
  const open = Object.fromEntries(missing.map((name) => [name, `<${name}>`]));
  const server = { command: 'countersign', args: ['mcp'], env: { ...env, ...open } };
  switch (client) {
    case 'claude-desktop':
    case 'cursor':
      return { text: json({ mcpServers: { countersign: server } }), missing };
    case 'vscode':
      return {
        text: json({
          inputs: missing.map((name) => ({ type: 'promptString', id: name, description: name, password: true })),
          servers: {
            countersign: {
              type: 'stdio',
              ...server,
              env: { ...env, ...Object.fromEntries(missing.map((name) => [name, `\${input:${name}}`])) },
            },
          },
        }),
        missing: [],
      };
    case 'claude-code':
      return { text: claudeCommand({ ...env, ...open }, platform), missing };
    case 'codex':
      return { text: toml({ ...env }, missing), missing };
    default:
      return client satisfies never;
  }
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

function toml(env: Readonly<Record<string, string>>, passedOn: readonly string[]): string {
  // A basic string of TOML takes the escapes of JSON.
  const pairs = Object.entries(env).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    '[mcp_servers.countersign]',
    'command = "countersign"',
    'args = ["mcp"]',
    `env = { ${pairs.join(', ')} }`,
    ...(passedOn.length === 0 ? [] : [`env_vars = ${JSON.stringify(passedOn)}`]),
  ].join('\n');
}

/** The scope stands behind the variables, because a list of those takes in whatever follows it that is no option. */
function claudeCommand(env: Readonly<Record<string, string>>, platform: NodeJS.Platform): string {
  const flags = Object.entries(env).map(([name, value]) => `--env ${forShell(`${name}=${value}`, platform)}`);
  return `claude mcp add ${flags.join(' ')} --scope user countersign -- countersign mcp`;
}

function forShell(text: string, platform: NodeJS.Platform): string {
  if (/^[\w=:@./+-]+$/.test(text)) return text;
  // No name of a file on Windows holds a double quote.
  return platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
