import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { describe, it } from 'mocha';
import manifest from '../../../extension/package.json' with { type: 'json' };
import { figuresText } from '../activation-report.ts';
import { activateAnew } from './activate-anew.ts';
import { activationFigures } from './activation-figures.ts';
import { EXTENSION_ID, extension, given } from './extension.ts';
import { say } from './say.ts';

/** What is asked of the network and of the keyring while something is done; nothing of it is answered. */
function askedDuring(work: (secrets: object) => void): readonly string[] {
  const asked: string[] = [];
  const note = (what: string) => (): never => {
    asked.push(what);
    throw new Error(`${what} is not to be asked yet.`);
  };
  const { fetch } = globalThis;
  const { connect } = Socket.prototype;
  globalThis.fetch = note('fetch');
  Socket.prototype.connect = note('a connection');
  try {
    work({
      get: note('a secret'),
      keys: note('the names of secrets'),
      onDidChange: () => ({ dispose: () => undefined }),
    });
  } finally {
    globalThis.fetch = fetch;
    Socket.prototype.connect = connect;
  }
  return asked;
}

describe('activation', () => {
  it('happens, and VS Code says what it took', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
    const figures = await activationFigures(EXTENSION_ID);
    for (const figure of Object.values(figures)) assert.ok(Number.isFinite(figure), `${figure} is no figure`);
    say(`activation: ${figuresText(figures)}`);
  });

  it('registers every command, and asks neither the network nor the keyring while the editor waits for it', async () => {
    const known = await given();
    let registered: readonly string[] = [];
    const asked = askedDuring((secrets) => {
      const anew = activateAnew({ given: known, secrets });
      registered = anew.handed.filter(({ by }) => by === 'commands.registerCommand').map(({ args }) => String(args[0]));
      // Before what it does once the editor has gone on.
      anew.remove();
    });
    assert.equal(registered.length, manifest.contributes.commands.length);
    assert.deepEqual(asked, []);
  });
});
