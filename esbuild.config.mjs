import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const META = 'dist/meta';
mkdirSync(META, { recursive: true });

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

/** As Node has undici inside itself: without mocks and caches, and without its second, experimental parser. */
const undiciAsInNode = { alias: { undici: 'undici/index-fetch.js' }, define: { esbuildDetection: 'true' } };

/** Parts of a library in CommonJS ask for Node's modules by `require`, which a module doesn't have. */
const withRequire =
  "import{createRequire as __requireFrom}from'node:module';const require=__requireFrom(import.meta.url);";

/** A module of plain data that stands in the bundle as what it comes to, without what it is made from. */
const madeNow = {
  name: 'made-now',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]tools[\\/]listed\.ts$/ }, async ({ path }) => {
      const outfile = `${META}/listed-${process.pid}.mjs`;
      await build({ ...common, entryPoints: [path], outfile, format: 'esm', banner: { js: withRequire } });
      const made = await import(pathToFileURL(outfile));
      rmSync(outfile);
      const contents = Object.entries(made).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
      return { contents: contents.join('\n') };
    }),
};

async function bundle(folder, builds) {
  const results = await Promise.all(builds.map((one) => build({ ...common, outdir: `${folder}/dist`, ...one })));
  // Says what went into each bundle, for checks of what must not.
  const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  writeFileSync(`${META}/${folder}.json`, JSON.stringify({ outputs }));
  // What is still right stays, for whoever runs it meanwhile and has yet to load a part of it.
  for (const name of readdirSync(`${folder}/dist`, { recursive: true })) {
    const file = `${folder}/dist/${name.replaceAll('\\', '/')}`;
    if (!(file in outputs) && statSync(file).isFile()) rmSync(file);
  }
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
    plugins: [smallValidator, madeNow],
    ...undiciAsInNode,
  },
]);
/** The client layer stands once, in a file of its own, for whatever of the extension needs it. */
const CLIENT_LAYER = 'client-layer.mjs';
const clientLayerElsewhere = {
  name: 'client-layer-elsewhere',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@countersign\/shared\// }, ({ path, importer }) =>
      path.endsWith('/sandbox')
        ? undefined
        : { path: importer.includes('mcp-server') ? `../${CLIENT_LAYER}` : `./${CLIENT_LAYER}`, external: true },
    ),
};
const clientLayer = [
  'account',
  'approval',
  'decide',
  'errors',
  'http',
  'ledger',
  'provider',
  'queue',
  'text',
  'triage',
];

/** What a server for many loads bit by bit is one part here, beside undici, so that the package has few files. */
const inOnePart = {
  name: 'in-one-part',
  setup: ({ onResolve, onLoad }) => {
    const namespace = 'one-part';
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) =>
      kind === 'dynamic-import' && !path.endsWith('/undici-fetch.ts') ? { path: 'parts', namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, () => ({
      contents: `export * from './called.ts';
        export { hasLedger } from './open-user-ledger.ts';
        const absent = () => { throw new Error('The server of an editor speaks over standard input and output alone.'); };
        export { absent as main, absent as serveHttp };`,
      resolveDir: 'mcp-server/src',
    }));
  },
};

await bundle('extension', [
  {
    // What runs while the editor starts: it registers, and loads the rest when the editor has gone on.
    entryPoints: ['extension/src/extension.ts'],
    target: 'node22.17',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    plugins: [loadsWhenItRuns],
  },
  {
    entryPoints: ['extension/src/app.ts', 'extension/src/sandbox.ts'],
    target: 'node22.17',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: { js: withRequire },
    plugins: [loadsWhenItRuns, clientLayerElsewhere],
  },
  {
    stdin: {
      contents: clientLayer.map((folder) => `export * from '@countersign/shared/${folder}';`).join('\n'),
      resolveDir: 'extension',
    },
    outdir: undefined,
    outfile: `extension/dist/${CLIENT_LAYER}`,
    target: 'node22.17',
    format: 'esm',
  },
  {
    // The server for the editor's assistant, over standard input and output alone.
    entryPoints: { server: 'mcp-server/src/editor.ts' },
    outdir: 'extension/dist/server',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    target: 'node22.17',
    format: 'esm',
    banner: { js: withRequire },
    plugins: [smallValidator, madeNow, clientLayerElsewhere, inOnePart],
    ...undiciAsInNode,
  },
  {
    entryPoints: ['extension/page/review.ts', 'extension/page/review.css'],
    outdir: 'extension/dist/page',
    platform: 'browser',
    target: 'chrome138',
    format: 'iife',
  },
]);

// npm does that where it installs the package; here nobody else does.
chmodSync('mcp-server/dist/main.cjs', 0o755);
