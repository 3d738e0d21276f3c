import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packMcpb } from '../../scripts/package/mcpb.ts';
import { ERAS } from '../mcp-server/mcp/client.ts';
import { openPlace, type Place } from '../mcp-server/mcp/place.ts';
import { drive, type Start } from './drive.ts';
import { bytesIn, emptyFolder, filesIn, MOST_BYTES } from './place.ts';

interface Manifest {
  readonly version: string;
  readonly server: { readonly mcp_config: Start };
  readonly user_config: Readonly<
    Record<string, { readonly default?: string; readonly required: boolean; readonly sensitive?: boolean }>
  >;
}

const { folder, remove } = emptyFolder();
const installed = path.join(folder, 'installed');
let place: Place;
let manifest: Manifest;

/** What a desktop client makes of the manifest and of what its person filled in. */
function startWith(given: Readonly<Record<string, string>>): Start {
  const fields = Object.entries(manifest.user_config).map(([name, field]) => [name, given[name] ?? field.default]);
  const values: Record<string, unknown> = { __dirname: installed };
  for (const [name, value] of fields) if (value !== undefined) values[`user_config.${name}`] = value;
  const filled = (text: string) => text.replace(/\$\{([\w.]+)\}/g, (whole, name) => String(values[name] ?? whole));
  const { args, env } = manifest.server.mcp_config;
  const filledEnv = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
  return { command: process.execPath, args: args.map(filled), env: filledEnv };
}

beforeAll(async () => {
  place = await openPlace();
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(packMcpb(folder))))) {
    const file = path.join(installed, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  manifest = JSON.parse(readFileSync(path.join(installed, 'manifest.json'), 'utf8')) as Manifest;
});
afterAll(async () => {
  await place.close();
  remove();
});

describe('the bundle for desktop clients', () => {
  test('holds what runs, its manifest, and less than 2 MB', () => {
    const files = filesIn(installed).filter((name) => !/^dist\/[\w-]+\.(cjs|mjs)$/.test(name));
    expect(files).toEqual(['LICENSE', 'README.md', 'manifest.json', 'package.json']);
    expect(bytesIn(installed)).toBeLessThan(MOST_BYTES);
  });

  test('guards its secrets, and asks for no more than is needed', () => {
    const secrets = Object.entries(manifest.user_config).filter(([, { sensitive }]) => sensitive);
    expect(secrets.map(([name]) => name)).toEqual(['threatlocker_api_token', 'admin_by_request_api_key']);
    expect(Object.values(manifest.user_config).filter(({ required }) => required)).toEqual([]);
  });

  test.each(ERAS)('serves a client with the accounts file that its person names (%s)', async (era) => {
    const { command, args, env } = startWith({ accounts_file: place.env['COUNTERSIGN_CONFIG'] ?? '' });
    const found = await drive({ command, args, env: { ...place.env, ...env } }, era);
    expect(found.version).toBe(manifest.version);
    expect(found.tools).toContain('approve_request');
    expect(found.accounts).toMatch(/acme · threatlocker · SANDBOX · .*\d+ wait/);
  });

  test('says what is missing to a person who has filled in nothing', async () => {
    const { command, args, env } = startWith({});
    const { accounts } = await drive({ command, args, env: { ...place.env, ...env } }, 'legacy');
    expect(accounts).toContain('No account is configured.');
  });
});
