import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { activationFigures } from './activation-figures.ts';
import { EXTENSION_ID, extension } from './extension.ts';
import { say } from './say.ts';

describe('activation', () => {
  it('happens, and VS Code says what it took', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
    const { load, call, finish } = await activationFigures(EXTENSION_ID);
    for (const figure of [load, call, finish]) assert.ok(Number.isFinite(figure), `${figure} is no figure`);
    say(`activation: load ${load} + call ${call} + finish ${finish} = ${load + call + finish} ms`);
  });
});
