import { mkdtempSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import manifest from '../../../extension/package.json' with { type: 'json' };
import { extension, type Given } from './extension.ts';
import { createRecorder, type Recorder } from './recorder.ts';

type Load = (request: string, ...more: readonly unknown[]) => unknown;
type Activate = (context: object) => void;

const STATE = 'COUNTERSIGN_STATE_DIR';

export interface AnewFolders {
  /** Where it keeps its accounts. */
  readonly storage: string;
  /** Where its ledger stands. */
  readonly state: string;
}

/** The extension's code, activated once more over VS Code's real interface. */
export interface Anew extends Recorder, AnewFolders {
  /** Ends it as VS Code ends an extension. */
  end(): void;
  /** Ends it, and takes its folders away. */
  remove(): void;
}

export interface AnewOptions {
  /** What VS Code gave to the companion. */
  readonly given: Given;
  /** New ones by default. */
  readonly folders?: AnewFolders;
  /** In place of the real ones. */
  readonly secrets?: object;
}

export function newFolders(): AnewFolders {
  const root = mkdtempSync(path.join(tmpdir(), 'countersign-anew-'));
  return { storage: path.join(root, 'storage'), state: path.join(root, 'state') };
}

function contextOf(
  { context }: Given,
  { secrets, storage }: { secrets: object; storage: string },
  own: Given['vscode'],
) {
  const { extensionPath, extensionUri } = extension();
  const subscriptions: vscode.Disposable[] = [];
  const changed = { subscriptions, secrets, extension: extension(), extensionPath, extensionUri };
  const globalStorageUri = own.Uri.file(storage);
  const descriptors = Object.entries({ ...changed, globalStorageUri }).map(
    ([name, value]) => [name, { value }] as const,
  );
  return { context: Object.create(context, Object.fromEntries(descriptors)) as object, subscriptions };
}

/** The extension's `activate`, loaded anew with this interface; what runs already keeps its own. */
function load(api: object): Activate {
  const main = path.join(extension().extensionPath, manifest.main);
  const require = createRequire(main);
  const file = require.resolve(main);
  const modules = Module as unknown as { _load: Load };
  const { _load: loadAsEver } = modules;
  const { [file]: running } = require.cache;
  modules._load = (request, ...more) => (request === 'vscode' ? api : loadAsEver(request, ...more));
  try {
    delete require.cache[file];
    return (require(main) as { readonly activate: Activate }).activate;
  } finally {
    modules._load = loadAsEver;
    if (running) require.cache[file] = running;
  }
}

/** Activates it up to where the editor goes on. */
export function activateAnew({ given, folders: known, secrets: others }: AnewOptions): Anew {
  const folders = known ?? newFolders();
  const recorder = createRecorder(given.vscode);
  const { secrets } = given.context;
  const kept = others ?? {
    get: (name: string) => secrets.get(name),
    store: (name: string, value: string) => secrets.store(name, value),
    delete: (name: string) => secrets.delete(name),
    keys: () => secrets.keys(),
    onDidChange: recorder.event('secrets.onDidChange', secrets.onDidChange),
  };
  const { context, subscriptions } = contextOf(given, { secrets: kept, storage: folders.storage }, given.vscode);
  const { [STATE]: state } = process.env;
  process.env[STATE] = folders.state;
  const end = () => {
    // In the order in which VS Code does it.
    for (const one of subscriptions.splice(0)) one.dispose();
    if (process.env[STATE] === folders.state) {
      if (state === undefined) delete process.env[STATE];
      else process.env[STATE] = state;
    }
  };
  try {
    load(recorder.api)(context);
  } catch (error) {
    end();
    throw error;
  }
  return {
    ...recorder,
    ...folders,
    end,
    remove: () => {
      end();
      rmSync(path.dirname(folders.storage), { recursive: true, force: true });
    },
  };
}
