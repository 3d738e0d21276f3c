import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { manifest } from './manifest.ts';

const ROOT = 'mcp-server';
/** The same bytes for the same content: a zip can't tell of a time before this one. */
const MTIME = new Date(1980, 0, 1);

/** Packs the bundle for desktop clients (MCPB) as it was built. @returns the file */
export function packMcpb(folder: string): string {
  const content = [
    'README.md',
    'LICENSE',
    'package.json',
    ...readdirSync(`${ROOT}/dist`).map((name) => `dist/${name}`),
  ];
  const files = Object.fromEntries(content.map((name) => [name, readFileSync(path.join(ROOT, name))]));
  const zip = zipSync(
    { 'manifest.json': strToU8(JSON.stringify(manifest('dist/main.cjs'), null, 2)), ...files },
    { level: 9, mtime: MTIME },
  );
  const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { readonly version: string };
  const file = path.join(folder, `countersign-${version}.mcpb`);
  writeFileSync(file, zip);
  return file;
}
