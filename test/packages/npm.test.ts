import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packNpm } from '../../scripts/package/npm.ts';
import { ERAS } from '../mcp-server/mcp/client.ts';
import { openPlace, type Place } from '../mcp-server/mcp/place.ts';
import { drive } from './drive.ts';
import { bytesIn, emptyFolder, filesIn, MOST_BYTES } from './place.ts';

const { folder, remove } = emptyFolder();
const installed = path.join(folder, 'node_modules');
let place: Place;

beforeAll(async () => {
  place = await openPlace();
  const file = packNpm(folder);
  const options = ['--offline', '--no-audit', '--no-fund', '--cache', path.join(folder, 'cache')];
  execFileSync('npm', ['install', '--prefix', folder, ...options, file], { stdio: 'pipe' });
});
afterAll(async () => {
  await place.close();
  remove();
});

describe('the npm package', () => {
  test('installs from its file alone, without network, in less than 2 MB', () => {
    expect(filesIn(installed).filter((name) => !/^(countersign\/|\.bin\/|\.package-lock\.json)/.test(name))).toEqual(
      [],
    );
    expect(bytesIn(path.join(installed, 'countersign'))).toBeLessThan(MOST_BYTES);
  });

  test('holds what runs, and what tells about it', () => {
    const files = filesIn(path.join(installed, 'countersign'));
    expect(files.filter((name) => !/^dist\/[\w-]+\.(cjs|mjs)$/.test(name))).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    expect(files).toContain('dist/main.cjs');
    const licence = readFileSync(path.join(installed, 'countersign/LICENSE'), 'utf8');
    expect(licence).toBe(readFileSync('LICENSE', 'utf8'));
  });

  test.each(ERAS)('serves a client that starts its command (%s)', async (era) => {
    const command = path.join(installed, '.bin/countersign');
    const PATH = path.dirname(process.execPath);
    const found = await drive({ command, args: ['mcp'], env: { ...place.env, PATH } }, era);
    expect(found.version).toBe('0.1.0');
    expect(found.tools).toContain('approve_request');
    expect(found.accounts).toMatch(/acme · threatlocker · SANDBOX · .*\d+ wait/);
  });
});
