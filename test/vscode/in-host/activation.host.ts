import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { figuresText } from '../activation-report.ts';
import { activateAnew } from './activate-anew.ts';
import { activationFigures } from './activation-figures.ts';
import { EXTENSION_ID, extension } from './extension.ts';
import { say } from './say.ts';

describe('activation', () => {
  it('happens, and VS Code says what it took', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
    const figures = await activationFigures(EXTENSION_ID);
    for (const figure of Object.values(figures)) assert.ok(Number.isFinite(figure), `${figure} is no figure`);
    say(`activation: ${figuresText(figures)}`);
  });

  it('asks neither the network nor the keyring while the editor waits for it', () => {
    const { registered, asked } = activateAnew();
    assert.ok(registered > 20, `only ${registered} commands were registered`);
    assert.deepEqual(asked, []);
  });
});
