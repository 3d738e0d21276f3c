import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * A dynamic import of one of a package's own top-level modules stays one: that module becomes a bundle of its own, so that
 * a start loads only what it uses.
 */
const separateBundles = {
  name: 'separate-bundles',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.cjs'), external: true } : undefined,
    ),
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [separateBundles],
};

async function bundle(options) {
  const results = await Promise.all(
    options.builds.map((entry) => build({ ...common, outdir: options.outdir, ...entry })),
  );
  // Says what went into each bundle, for checks of what must not.
  const inputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  writeFileSync(`${options.outdir}/meta.json`, JSON.stringify({ outputs: inputs }));
}

await bundle({
  outdir: 'mcp-server/dist',
  builds: [
    // Has to be understood by any Node, if only to say that it is too old.
    { entryPoints: ['mcp-server/src/main.ts'], target: 'node12', banner: { js: '#!/usr/bin/env node' } },
    {
      entryPoints: ['mcp', 'mcp-http', 'terminal', 'undici-fetch'].map((name) => `mcp-server/src/${name}.ts`),
      target: 'node22.19',
    },
  ],
});
await bundle({
  outdir: 'extension/dist',
  builds: [{ entryPoints: ['extension/src/extension.ts'], target: 'node22.17', external: ['vscode'] }],
});
