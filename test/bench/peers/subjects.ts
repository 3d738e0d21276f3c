import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { packNpm } from '../../../scripts/package/npm.ts';
import { bytesIn } from '../../packages/place.ts';

export interface Subject {
  readonly name: string;
  /** Behind `node`. */
  readonly args: readonly string[];
  readonly installedBytes: number;
  /** Lists the queue of the sandbox. */
  readonly isOurs: boolean;
}

const PEERS = [
  // Has to be told which folder it opens.
  {
    name: 'server-filesystem',
    spec: '@modelcontextprotocol/server-filesystem@2026.8.31',
    file: 'dist/index.js',
    opens: true,
  },
  {
    name: 'server-everything',
    spec: '@modelcontextprotocol/server-everything@2026.8.31',
    file: 'dist/index.js',
    opens: false,
  },
  { name: 'notion-mcp-server', spec: '@notionhq/notion-mcp-server@2.5.2', file: 'bin/cli.mjs', opens: false },
];

/** Installs each into a folder of its own, Countersign from its package. */
export function installed(folder: string): readonly Subject[] {
  const install = (name: string, spec: string) => {
    const prefix = path.join(folder, name);
    mkdirSync(prefix, { recursive: true });
    execFileSync('npm', ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', spec], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return path.join(prefix, 'node_modules');
  };
  const ours = install('countersign', packNpm(folder));
  return [
    {
      name: 'countersign',
      args: [path.join(ours, 'countersign/dist/main.cjs'), 'mcp'],
      installedBytes: bytesIn(ours),
      isOurs: true,
    },
    ...PEERS.map(({ name, spec, file, opens }) => {
      const modules = install(name, spec);
      const main = path.join(modules, spec.slice(0, spec.lastIndexOf('@')), file);
      return { name, args: opens ? [main, folder] : [main], installedBytes: bytesIn(modules), isOurs: false };
    }),
  ];
}
