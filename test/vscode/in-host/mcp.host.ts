import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { given } from './extension.ts';
import { openScene, type Scene } from './scene.ts';
import { until } from './until.ts';

type Offer = vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>;

describe('the server for the assistant of the editor', () => {
  let scene: Scene;
  /** Names of secrets that the server was given. */
  let names: readonly string[] = [];
  const uncancelled = new vscode.CancellationTokenSource();
  const offer = () => {
    const found = scene.anew.handed.find(({ by }) => by === 'lm.registerMcpServerDefinitionProvider');
    assert.ok(found, 'no provider was registered');
    return found.args[1] as Offer;
  };
  const definitions = async () => (await offer().provideMcpServerDefinitions(uncancelled.token)) ?? [];

  before(async () => {
    // The extension's own sandbox, whose secrets go to the secret storage.
    scene = await openScene({ isConfigured: false });
  });
  after(async () => {
    uncancelled.dispose();
    await scene.close();
  });

  it('is not offered where there is no account', async () => {
    await until('the extension', () => scene.anew.contexts.get('ready') === true || undefined);
    assert.deepEqual(await definitions(), []);
  });

  it('is offered with accounts, starts, and answers with its tools; its arguments hold no secret, nor does the offer', async () => {
    const trying = scene.run('trySandbox');
    const rowsRead = async () => {
      const rows = (await scene.pending.rows()).filter(({ context }) => context.includes('account'));
      return (rows.length === 2 && rows.every(({ description }) => /wait$/.test(description))) || undefined;
    };
    await until('the sandbox', rowsRead);
    const [offered, ...others] = await definitions();
    assert.ok(offered);
    assert.deepEqual(others, []);
    const resolved = await offer().resolveMcpServerDefinition?.(offered, uncancelled.token);
    assert.ok(resolved);
    const isSecret = (name: string) => /^COUNTERSIGN_SECRET_/.test(name);
    const secrets = Object.entries(resolved.env).flatMap(([name, value]) => (isSecret(name) ? [String(value)] : []));
    names = Object.keys(resolved.env).filter(isSecret);
    assert.equal(names.length, 2);
    const { command, args, label, version, env } = offered;
    for (const secret of secrets) {
      assert.ok(secret.length > 10);
      assert.ok(!JSON.stringify([command, args, label, version, env, resolved.args]).includes(secret));
    }
    assert.equal(resolved.command, process.execPath);

    const known = Object.entries(resolved.env).flatMap(([name, value]) =>
      value === null ? [] : [[name, String(value)]],
    );
    const client = new Client({ name: 'in-host', version: '1.0.0' });
    await client.connect(
      new StdioClientTransport({
        command: resolved.command,
        args: resolved.args,
        env: { ...getDefaultEnvironment(), ...Object.fromEntries(known) },
        stderr: 'ignore',
      }),
    );
    try {
      const { tools } = await client.listTools();
      assert.equal(tools.length, 12);
      const listed = await client.callTool({ name: 'list_pending', arguments: {} });
      assert.ok(!listed.isError);
      assert.ok(Number((listed.structuredContent as { total?: number } | undefined)?.total) > 20);
    } finally {
      await client.close();
    }
    await vscode.commands.executeCommand('notifications.clearAll');
    await trying;
  });

  it('is no longer offered when the accounts are gone, and their secrets are forgotten with them', async () => {
    const stopping = scene.run('stopSandbox');
    await until('no server', async () => (await definitions()).length === 0 || undefined);
    await until('the end', () => scene.anew.said.find((text) => /^The sandbox has ended/.test(text)));
    await vscode.commands.executeCommand('notifications.clearAll');
    await stopping;
    const { context } = await given();
    for (const name of names) assert.equal(await context.secrets.get(name), undefined);
  });
});
