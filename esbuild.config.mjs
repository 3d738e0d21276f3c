import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** The entry for any Node loads the others when it runs; they are no part of it. */
const loadsWhenItRuns = {
  name: 'loads-when-it-runs',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.mjs'), external: true } : undefined,
    ),
};

/** The SDK validates what a client sends back with Ajv, a fifth of the bundle; it has a smaller validator for other platforms. */
const smallValidator = {
  name: 'small-validator',
  setup: ({ onResolve, onLoad }) => {
    const filter = /^@modelcontextprotocol\/server\/_shims$/;
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'small-validator' }));
    onLoad({ filter, namespace: 'small-validator' }, () => ({
      contents: `export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';
        export { default as process } from 'node:process';`,
      resolveDir: `${import.meta.dirname}/mcp-server`,
    }));
  },
};

/** Parts of a library in CommonJS ask for Node's modules by `require`, which a module doesn't have. */
const withRequire =
  "import{createRequire as __requireFrom}from'node:module';const require=__requireFrom(import.meta.url);";

async function bundle(folder, builds) {
  rmSync(`${folder}/dist`, { recursive: true, force: true });
  const results = await Promise.all(builds.map((one) => build({ ...common, outdir: `${folder}/dist`, ...one })));
  // Says what went into each bundle, for checks of what must not.
  const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  mkdirSync('dist/meta', { recursive: true });
  writeFileSync(`dist/meta/${folder}.json`, JSON.stringify({ outputs }));
}

await bundle('mcp-server', [
  {
    // Has to be understood by any Node, if only to say that it is too old.
    entryPoints: ['mcp-server/src/main.ts'],
    target: 'node12.22',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [loadsWhenItRuns],
  },
  {
    // What both faces use stands in a file of its own, and what is imported when it is needed in others.
    entryPoints: ['mcp-server/src/mcp.ts', 'mcp-server/src/terminal.ts'],
    target: 'node22.19',
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    banner: { js: withRequire },
    plugins: [smallValidator],
  },
]);
await bundle('extension', [
  {
    entryPoints: ['extension/src/extension.ts'],
    target: 'node22.17',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  },
]);
