import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { referenceFiles } from '../../scripts/docs/reference.ts';

const MEND =
  'The reference in docs/ is out of date. Make it anew with "npm run docs", look at what changed, and commit it.';

test('the reference says what the code does, and what the server lists in each era', async () => {
  const files = await referenceFiles();
  expect(
    readdirSync('docs').map((name) => `docs/${name}`),
    MEND,
  ).toEqual(
    Object.keys(files)
      .filter((file) => file.startsWith('docs/'))
      .sort(),
  );
  for (const [file, text] of Object.entries(files)) {
    expect(readFileSync(file, 'utf8'), `${file}: ${MEND}`).toBe(text);
  }
});
