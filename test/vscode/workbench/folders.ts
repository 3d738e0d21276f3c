import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Everything that one workbench reads and writes, below one temporary folder. */
export interface Folders {
  readonly root: string;
  readonly home: string;
  readonly temporary: string;
  readonly userData: string;
  readonly extensions: string;
  /** For whatever else a test needs on disk. */
  readonly more: string;
  /** The folder that is open in the editor. */
  readonly workspace: string;
  /** The person's settings.json. */
  readonly settings: string;
}

export type Settings = Readonly<Record<string, unknown>>;

/** What keeps a fresh VS Code from showing things that no test is about. */
const QUIET: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // Modal editors would swallow F1.
  'workbench.editor.useModal': 'off',
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'chat.disableAIFeatures': true,
};

export async function makeFolders(): Promise<Folders> {
  const root = await mkdtemp(path.join(tmpdir(), 'countersign-vscode-'));
  const folders = {
    root,
    home: path.join(root, 'home'),
    temporary: path.join(root, 'tmp'),
    userData: path.join(root, 'user'),
    extensions: path.join(root, 'extensions'),
    more: path.join(root, 'more'),
    workspace: path.join(root, 'workspace'),
  };
  for (const folder of [...Object.values(folders), path.join(folders.userData, 'User')]) {
    await mkdir(folder, { recursive: true });
  }
  const all: Folders = { ...folders, settings: path.join(folders.userData, 'User/settings.json') };
  await writeFile(all.settings, JSON.stringify(QUIET, null, 2));
  await writeFile(path.join(folders.workspace, 'notes.txt'), 'Nothing here matters.\n');
  await writeFile(path.join(root, 'code-server.yaml'), 'auth: none\ncert: false\n');
  return all;
}

/** Adds to the person's settings. VS Code itself writes there too, such as a theme that was chosen. */
export async function addSettings(folders: Folders, settings: Settings): Promise<void> {
  const before: Settings = JSON.parse(await readFile(folders.settings, 'utf8'));
  await writeFile(folders.settings, JSON.stringify({ ...before, ...settings }, null, 2));
  // Of machine scope is what chooses accounts. For a window with a remote, as here, it counts in the machine's settings alone.
  const machine = path.join(folders.userData, 'Machine/settings.json');
  await mkdir(path.dirname(machine), { recursive: true });
  await writeFile(machine, JSON.stringify({ ...before, ...settings }, null, 2));
}
