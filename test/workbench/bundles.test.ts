import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

interface Output {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const DIST = path.resolve('mcp-server/dist');
const { outputs } = JSON.parse(readFileSync('dist/meta/mcp-server.json', 'utf8')) as {
  readonly outputs: Readonly<Record<string, Output>>;
};

/** The sources of a bundle and of every chunk that is loaded with it, and Node's own modules that they import. */
function loadedWith(name: string, seen = new Set<string>()): string[] {
  const output = outputs[name];
  if (!output || seen.has(name)) return [];
  seen.add(name);
  const imports = output.imports.filter(({ kind }) => kind === 'import-statement');
  return [
    ...Object.keys(output.inputs),
    ...imports.flatMap(({ path: imported, external }) => (external ? [imported] : loadedWith(imported, seen))),
  ];
}

describe('the bundles', () => {
  const server = loadedWith('mcp-server/dist/mcp.mjs');

  test('of the server load no undici, no HTTP server and no command line before they are needed', () => {
    expect(server).toContain('mcp-server/src/server.ts');
    expect(
      server.filter((file) => /node_modules\/(undici|@hono\/node-server|commander|cli-table3|ajv)\//.test(file)),
    ).toEqual([]);
    expect(server.filter((file) => file.includes('/sandbox/'))).toEqual([]);
    expect(server).not.toContain('mcp-server/src/mcp-http.ts');
  });

  test('of the server load none of its tools, nothing of the vendors and no cryptography before one is called', () => {
    const parts =
      /^node:(crypto|http|tls)$|^mcp-server\/src\/(called|tools\/(list|get|approve|deny|take|check)-|present\/|runtime)|^shared\/src\/(provider|triage|ledger|queue|decide)\/|^shared\/src\/account\/schema/;
    expect(server.filter((file) => parts.test(file))).toEqual([]);
  });

  test('hold zod without its languages, and undici without its mocks, caches and second parser', () => {
    const needless = /zod\/v4\/locales\/(?!en\.js)|undici\/lib\/(mock|cache|milo)\//;
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
    expect(inputs.filter((file) => needless.test(file))).toEqual([]);
  });

  test('need nothing but Node', () => {
    const others = Object.values(outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ external, path: name }) => external && !name.startsWith('./'))
      .map(({ path: name }) => name.replace(/^node:/, ''));
    expect(others.filter((name) => !builtinModules.includes(name) && name !== 'sqlite')).toEqual([]);
  });

  test('name no folder of the computer that they were made on', () => {
    for (const file of readdirSync(DIST)) {
      const text = readFileSync(path.join(DIST, file), 'utf8');
      for (const folder of [process.cwd(), `${homedir()}${path.sep}`, 'node_modules']) {
        expect(text.includes(folder) ? `${file} names ${folder}` : '').toBe('');
      }
    }
  });
});
