import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../../extension/package.json' with { type: 'json' };

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
  /** Settings of the computer that extensions run on; of a window in a browser, only these may choose what lies there. */
  readonly machineSettings: string;
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
  const settingsOf = (whom: string) => path.join(folders.userData, whom, 'settings.json');
  const [settings, machineSettings] = [settingsOf('User'), settingsOf('Machine')];
  for (const folder of [...Object.values(folders), path.dirname(settings), path.dirname(machineSettings)]) {
    await mkdir(folder, { recursive: true });
  }
  const all: Folders = { ...folders, settings, machineSettings };
  await writeFile(settings, JSON.stringify(QUIET, null, 2));
  await writeFile(machineSettings, '{}');
  await writeFile(path.join(folders.workspace, 'notes.txt'), 'Nothing here matters.\n');
  await writeFile(path.join(root, 'code-server.yaml'), 'auth: none\ncert: false\n');
  return all;
}

/** Adds to the person's settings. VS Code itself writes there too, such as a theme that was chosen. */
export async function addSettings({ settings, machineSettings }: Folders, added: Settings): Promise<void> {
  await addTo(settings, added, (name) => !isOfMachine(name));
  await addTo(machineSettings, added, isOfMachine);
}

const properties: Readonly<Record<string, { readonly scope?: string }>> = manifest.contributes.configuration.properties;

function isOfMachine(name: string): boolean {
  return properties[name]?.scope === 'machine';
}

async function addTo(file: string, added: Settings, isIts: (name: string) => boolean): Promise<void> {
  const before: Settings = JSON.parse(await readFile(file, 'utf8'));
  const own = Object.entries(added).filter(([name]) => isIts(name));
  await writeFile(file, JSON.stringify({ ...before, ...Object.fromEntries(own) }, null, 2));
}
