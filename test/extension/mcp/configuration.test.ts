import { execFileSync } from 'node:child_process';
import { parseSettings } from '@countersign/shared/account';
import { expect, test } from 'vitest';
import { CLIENTS, type Client, configurationFor } from '../../../extension/src/mcp/configuration.ts';

const KEY = 'ed25519:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const FILE = "/home/kim o'neil/$HOME/accounts `x`.json";
const { accounts } = parseSettings(
  JSON.stringify({
    accounts: [
      { id: 'acme', provider: 'threatlocker', instance: 'g', apiToken: { env: 'ACME_TOKEN' } },
      { id: 'abr', provider: 'admin-by-request', dataCenter: 'dc1', apiKey: { file: '/abr-key' } },
    ],
  }),
  'the test',
);
const configuration = (client: Client) => configurationFor(client, FILE, accounts, KEY, 'linux');

test.each(CLIENTS)('%s starts the command with these accounts, and has its proposals answered here', (client) => {
  const { text } = configuration(client);
  expect(text).toContain('countersign');
  expect(text).toContain(KEY);
  expect(text).toContain('ACME_TOKEN');
  expect(text).not.toContain('abr-key');
});

test('what is pasted as JSON is JSON', () => {
  for (const client of ['cursor', 'claude-desktop'] as const) {
    expect(JSON.parse(configuration(client).text)).toEqual({
      mcpServers: {
        countersign: {
          command: 'countersign',
          args: ['mcp'],
          env: { COUNTERSIGN_CONFIG: FILE, COUNTERSIGN_APPROVER_KEY: KEY, ACME_TOKEN: '<ACME_TOKEN>' },
        },
      },
    });
  }
  expect(JSON.parse(configuration('vscode').text)).toMatchObject({
    inputs: [{ id: 'ACME_TOKEN', password: true }],
    servers: { countersign: { env: { COUNTERSIGN_CONFIG: FILE, ACME_TOKEN: `\${input:ACME_TOKEN}` } } },
  });
});

test('what is pasted into a shell means what it says, whatever the file is called', () => {
  const { text } = configuration('claude-code');
  const heard = execFileSync('sh', ['-c', `claude() { printf '%s\\n' "$@"; }; ${text}`], { encoding: 'utf8' });
  expect(heard.trimEnd().split('\n')).toEqual([
    ...['mcp', 'add', '--env', `COUNTERSIGN_CONFIG=${FILE}`, '--env', `COUNTERSIGN_APPROVER_KEY=${KEY}`],
    ...['--env', 'ACME_TOKEN=<ACME_TOKEN>', '--scope', 'user', 'countersign', '--', 'countersign', 'mcp'],
  ]);
});
