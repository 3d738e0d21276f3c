import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '@countersign/shared/sandbox';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { createSigningKeys } from '../../../extension/src/confirm/index.ts';
import type { McpServer } from '../../../extension/src/host/index.ts';
import { createMcpCommands, createMcpServers } from '../../../extension/src/mcp/index.ts';
import { openWindow } from '../accounts/setup.ts';
import { notices } from '../window.ts';

const VARIABLE = 'COUNTERSIGN_SECRET_ACME';

/** A window with one account, whose secret its keyring keeps. */
async function open(options: { readonly hasLedger?: boolean } = {}) {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const window = openWindow({ sandbox });
  const { host, accounts } = window;
  const { instance, token, url: endpoint } = sandbox.threatLocker;
  const account = { id: 'acme', provider: 'threatlocker', instance, endpoint, apiToken: { env: VARIABLE } };
  await accounts.save(() => ({ accounts: [account] }), new Map([[VARIABLE, token]]));
  const keys = createSigningKeys(host);
  const servers = createMcpServers({
    host,
    accounts,
    keys,
    hasLedger: () => options.hasLedger ?? true,
    changed: accounts.onDidChange,
  });
  const only = async (): Promise<McpServer> => {
    const [server, ...others] = await servers.servers();
    expect(others).toEqual([]);
    if (!server) throw new Error('No server is offered.');
    return server;
  };
  return { ...window, keys, servers, only, token, commands: createMcpCommands(host, accounts, keys) };
}

test('what is offered holds no secret, and asks no keyring', async () => {
  const { host, only, token } = await open();
  host.breakSecrets();
  const server = await only();
  expect(JSON.stringify(server)).not.toContain(token);
  expect(Object.keys(server.env)).toEqual(['ELECTRON_RUN_AS_NODE', 'COUNTERSIGN_CONFIG', 'COUNTERSIGN_STATE_DIR']);
});

test('what starts has the secrets and the public key, and answers with its tools', async () => {
  const { host, keys, servers, only, token } = await open();
  const server = await servers.resolve(await only());
  const key = await keys.get();
  expect(server?.env).toMatchObject({ [VARIABLE]: token, COUNTERSIGN_APPROVER_KEY: key?.publicKey.text });
  expect(JSON.stringify(server)).not.toContain(key?.privateKey);
  expect(server?.args.join(' ')).not.toContain(token);
  const client = new Client({ name: 'test', version: '0' });
  onTestFinished(() => client.close());
  const state = path.join(host.places.storage, 'state');
  const env = { ...server?.env, COUNTERSIGN_STATE_DIR: state };
  await client.connect(
    new StdioClientTransport({ command: server?.command ?? '', args: [...(server?.args ?? [])], env }),
  );
  expect((await client.listTools()).tools).toHaveLength(12);
  const listed = await client.callTool({ name: 'list_accounts', arguments: {} });
  expect(JSON.stringify(listed)).toContain('"state":"ready"');
});

test('where nothing could be recorded, or there are no accounts, none is offered', async () => {
  const { servers } = await open({ hasLedger: false });
  expect(await servers.servers()).toEqual([]);
  const { accounts, servers: others } = await open();
  await accounts.save(() => ({ accounts: [] }));
  expect(await others.servers()).toEqual([]);
});

test('without its keyring, or with a broken accounts file, none starts, and a sentence says why', async () => {
  const first = await open();
  const offered = await first.only();
  first.host.breakSecrets();
  expect(await first.servers.resolve(offered)).toBeNull();
  expect(notices(first.host)).toMatchObject([{ level: 'error', message: expect.stringContaining('keyring') }]);
  const second = await open();
  const other = await second.only();
  writeFileSync(second.file, '{ "accounts": [{ "id": "acme" }] }');
  expect(await second.servers.resolve(other)).toBeNull();
  expect(notices(second.host)).toMatchObject([{ level: 'error', message: expect.stringContaining('provider') }]);
});

test('where an accounts file is used as it is, its secrets stay where it says', async () => {
  const { host, servers, only, file, token } = await open();
  host.set('accountsFile', file);
  const server = await servers.resolve(await only());
  expect(JSON.stringify(server)).not.toContain(token);
});

test('the configuration for another client holds no secret, and says what is left to fill in', async () => {
  const { host, commands, keys, token } = await open();
  host.reply((asked) => (asked.kind === 'pick' ? 'Cursor' : null));
  await commands.copyMcpConfiguration();
  const [copied = ''] = host.copied;
  expect(copied).not.toContain(token);
  expect(copied).toContain((await keys.get())?.publicKey.text);
  expect(notices(host)).toMatchObject([{ level: 'info', message: expect.stringContaining(VARIABLE) }]);
});
