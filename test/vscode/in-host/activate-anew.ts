import Module, { createRequire } from 'node:module';
import { Socket } from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import manifest from '../../../extension/package.json' with { type: 'json' };
import { extension } from './extension.ts';

type Load = (request: string, ...more: readonly unknown[]) => unknown;
type Activate = (context: object) => void;

/** Whatever is made with it: takes everything, and does nothing. */
function nothing(): object {
  return new Proxy({ dispose: () => undefined }, { get: (known, name) => Reflect.get(known, name) ?? nothing });
}

/** The editor's interface, but for what a second registration would take from the extension that runs. */
function editor(onCommand: () => void): object {
  const changed: Readonly<Record<string, object>> = {
    commands: Object.create(vscode.commands, {
      registerCommand: {
        value: () => {
          onCommand();
          return nothing();
        },
      },
      executeCommand: { value: async () => undefined },
    }),
    window: Object.create(vscode.window, {
      createTreeView: { value: nothing },
      registerWebviewPanelSerializer: { value: nothing },
      registerFileDecorationProvider: { value: nothing },
    }),
    lm: Object.create(vscode.lm, { registerMcpServerDefinitionProvider: { value: nothing } }),
  };
  const whole = {};
  for (const name of Object.keys(vscode)) {
    Object.defineProperty(whole, name, { enumerable: true, get: () => changed[name] ?? Reflect.get(vscode, name) });
  }
  return whole;
}

/**
 * Loads the extension's code once more and activates it, up to where the editor goes on. Answers how many commands it registered,
 * and what it asked of the network and of the keyring.
 */
export function activateAnew(): { readonly registered: number; readonly asked: readonly string[] } {
  const asked: string[] = [];
  let registered = 0;
  const { extensionPath, extensionUri } = extension();
  const main = path.join(extensionPath, manifest.main);
  const require = createRequire(main);
  const modules = Module as unknown as { _load: Load };
  const { fetch } = globalThis;
  const { connect } = Socket.prototype;
  const { _load: load } = modules;
  const { [require.resolve(main)]: running } = require.cache;
  const subscriptions: vscode.Disposable[] = [];
  const note = (what: string) => (): never => {
    asked.push(what);
    throw new Error(`${what} is not to be asked yet.`);
  };
  globalThis.fetch = note('fetch');
  Socket.prototype.connect = note('a connection');
  modules._load = (request, ...more) =>
    request === 'vscode'
      ? editor(() => {
          registered += 1;
        })
      : load(request, ...more);
  try {
    delete require.cache[require.resolve(main)];
    const { activate } = require(main) as { readonly activate: Activate };
    activate({
      subscriptions,
      secrets: { get: note('a secret'), keys: note('the names of secrets'), onDidChange: nothing },
      globalState: { get: () => undefined },
      extension: extension(),
      extensionPath,
      extensionUri,
      globalStorageUri: extensionUri,
    });
  } finally {
    globalThis.fetch = fetch;
    Socket.prototype.connect = connect;
    modules._load = load;
    if (running) require.cache[require.resolve(main)] = running;
    // Before what it does once the editor has gone on.
    for (const one of subscriptions.reverse()) one.dispose();
  }
  return { registered, asked };
}
