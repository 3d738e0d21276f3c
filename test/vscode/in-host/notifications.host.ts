import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openScene, type Scene } from './scene.ts';
import { until } from './until.ts';

describe('notifications of new requests', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await until('both queues', async () => {
      const rows = await scene.pending.rows();
      return rows.filter(({ description }) => /requests wait$/.test(description)).length === 2 || undefined;
    });
  });
  after(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await scene.close();
  });

  it('name each once, and none that was there before it could be told', async () => {
    const arrived = ['first.one', 'second.one'];
    for (const [index, who] of arrived.entries()) {
      scene.sandbox.arrive({ vendor: 'threatlocker', name: who, username: `CONTOSO\\${who}` });
      await scene.run('refresh');
      const found = await until(`word of ${who}`, () => scene.anew.said[index]);
      assert.equal(found, `SANDBOX: 1 new request: ${who}.exe from ${who}`);
    }
    assert.equal(scene.anew.said.length, arrived.length);
  });
});
