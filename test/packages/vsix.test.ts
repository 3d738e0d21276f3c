import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportStrings, installTools, listVsix, packVsix } from '../../scripts/package/vsix.ts';
import { emptyFolder } from './place.ts';

const MOST_BYTES = 600_000;
const MOST_FILES = 30;

/** All that goes into the package; a new file has to be named here. Parts of the server are named by their content. */
const FILES = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/app.mjs',
  'dist/client-layer.mjs',
  'dist/extension.cjs',
  'dist/page/review.css',
  'dist/page/review.js',
  'dist/sandbox.mjs',
  'dist/server/chunk-*.mjs',
  'dist/server/chunk-*.mjs',
  'dist/server/parts-*.mjs',
  'dist/server/server.mjs',
  'dist/server/undici-fetch-*.mjs',
  'media/activity-dark.svg',
  'media/activity.svg',
  'media/icon.png',
  'media/review.png',
  'media/walkthrough/account.svg',
  'media/walkthrough/approve.svg',
  'media/walkthrough/assistant.svg',
  'media/walkthrough/sandbox.svg',
  'package.json',
  'package.nls.json',
];

interface Output {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
}
const { outputs } = JSON.parse(readFileSync('dist/meta/extension.json', 'utf8')) as {
  readonly outputs: Readonly<Record<string, Output>>;
};

describe('the package of the extension', { timeout: 120_000 }, () => {
  beforeAll(installTools, 120_000);

  test('holds what runs and nothing else, in few files and bytes', ({ onTestFinished }) => {
    const { folder, remove } = emptyFolder();
    onTestFinished(remove);
    const byContent = (name: string) => name.replace(/-[A-Z0-9]{8}\.mjs$/, '-*.mjs');
    expect(listVsix(folder).map(byContent).toSorted()).toEqual(FILES);
    const file = packVsix(folder);
    const content = unzipSync(readFileSync(file));
    expect(Object.keys(content).length).toBeLessThanOrEqual(MOST_FILES);
    expect(statSync(file).size).toBeLessThanOrEqual(MOST_BYTES);
    const manifest = JSON.parse(strFromU8(content['extension/package.json'] ?? new Uint8Array())) as object;
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  test('holds every picture and text that its manifest names', () => {
    const manifest = readFileSync('extension/package.json', 'utf8');
    const strings = JSON.parse(readFileSync('extension/package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
    for (const [, picture = ''] of manifest.matchAll(/"(media\/[^"]+)"/g)) {
      expect(statSync(path.join('extension', picture)).size, picture).toBeGreaterThan(0);
    }
    for (const [, key = ''] of manifest.matchAll(/"%([^%"]+)%"/g)) expect(strings[key], key).toBeTruthy();
  });

  test('has every string of the code among those for translators', ({ onTestFinished }) => {
    const { folder, remove } = emptyFolder();
    onTestFinished(remove);
    const known: unknown = JSON.parse(readFileSync('extension/l10n/bundle.l10n.json', 'utf8'));
    expect(known, 'Run "npm run package", and commit what it exported.').toEqual(JSON.parse(exportStrings(folder)));
  });
});

describe('the bundles of the extension', () => {
  const inputsOf = (file: string) => Object.keys(outputs[`extension/dist/${file}`]?.inputs ?? {});

  test('keep undici to the server, since it would take over the fetch of every extension', () => {
    const inEditor = ['extension.cjs', 'app.mjs', 'client-layer.mjs', 'sandbox.mjs'];
    for (const file of inEditor) {
      expect(inputsOf(file), file).not.toEqual([]);
      expect(inputsOf(file).filter((input) => /node_modules\/undici\//.test(input))).toEqual([]);
      const named = outputs[`extension/dist/${file}`]?.imports.filter(({ external }) => external) ?? [];
      expect(named.filter(({ path: name }) => name.includes('undici'))).toEqual([]);
    }
    expect(
      Object.values(outputs).some(({ inputs }) => Object.keys(inputs).some((input) => input.includes('/undici/'))),
    ).toBe(true);
  });

  test('load little while the editor starts', () => {
    expect(statSync('extension/dist/extension.cjs').size).toBeLessThanOrEqual(250_000);
    expect(inputsOf('extension.cjs').filter((input) => !input.startsWith('extension/src/'))).toEqual([]);
  });

  test('hold zod without its languages', () => {
    const languages = Object.values(outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((file) => /zod\/v4\/locales\/(?!en\.js)/.test(file)),
    );
    expect(languages).toEqual([]);
  });
});
