import type * as vscode from 'vscode';
import { anewId } from './names.ts';

type Interface = typeof vscode;

/** Something that VS Code handed out, and takes back when it is disposed of. */
interface Handed {
  /** The function that was called, such as `window.createTreeView`. */
  readonly by: string;
  readonly args: readonly unknown[];
  readonly thing: vscode.Disposable;
}

/** VS Code's interface, called through, with a record of what was asked of it. */
export interface Recorder {
  /** To be given to the extension. */
  readonly api: object;
  /** Everything that was handed out, in order, given back or not. */
  readonly handed: readonly Handed[];
  /** What of it was not given back, by the functions that handed it out. */
  kept(): readonly string[];
  /** What notifications said. */
  readonly said: readonly string[];
  /** Addresses that were to be opened outside of the editor. */
  readonly opened: readonly string[];
  /** Context keys as they were set last, without their prefix. */
  readonly contexts: ReadonlyMap<string, unknown>;
  /** Records what this event hands out, too. */
  event<T>(name: string, event: vscode.Event<T>): vscode.Event<T>;
}

const HANDS_OUT = /\.(on[A-Z]|create|register)/;
let channels = 0;
const SAYS = /^window\.show(Information|Warning|Error)Message$/;

/** Every id that begins with the extension's prefix gets the companion's instead, since no two can be registered. */
export function createRecorder(real: Interface): Recorder {
  const handed: Handed[] = [];
  const kept = new Set<Handed>();
  const said: string[] = [];
  const opened: string[] = [];
  const contexts = new Map<string, unknown>();

  function hand(by: string, args: readonly unknown[], thing: vscode.Disposable): void {
    const one = { by, args, thing };
    handed.push(one);
    kept.add(one);
    const { dispose } = thing;
    Object.defineProperty(thing, 'dispose', {
      configurable: true,
      value: () => {
        kept.delete(one);
        return Reflect.apply(dispose, thing, []);
      },
    });
  }

  function note(name: string, [first, second, third]: readonly unknown[]): void {
    if (SAYS.test(name) && typeof first === 'string') said.push(first);
    if (name === 'env.openExternal') opened.push(String(first));
    if (name === 'commands.executeCommand' && first === 'setContext' && typeof second === 'string') {
      contexts.set(second.slice(second.indexOf('.') + 1), third);
    }
  }

  function through(name: string, owner: object, call: (...args: unknown[]) => unknown) {
    return (...args: unknown[]): unknown => {
      const renamed = args.map((arg) => (typeof arg === 'string' ? anewId(arg) : arg));
      if (name === 'window.createOutputChannel') {
        // Those of one name write to one file, and the first that is closed closes the others.
        channels += 1;
        renamed[0] = `${renamed[0]} ${channels}`;
      }
      note(name, renamed);
      const result = Reflect.apply(call, owner, renamed);
      if (HANDS_OUT.test(name) && isDisposable(result)) hand(name, renamed, result);
      return result;
    };
  }

  const namespace = (name: string, owner: object) =>
    new Proxy(
      {},
      {
        get: (_, member) => {
          const value: unknown = Reflect.get(owner, member);
          return isFunction(value) ? through(`${name}.${String(member)}`, owner, value) : value;
        },
      },
    );
  const api = {};
  for (const name of Object.keys(real)) {
    const value: unknown = Reflect.get(real, name);
    const passed = typeof value === 'object' && value !== null ? namespace(name, value) : value;
    Object.defineProperty(api, name, { enumerable: true, value: passed });
  }
  return {
    api,
    handed,
    kept: () => [...kept].map(({ by }) => by).sort(),
    said,
    opened,
    contexts,
    event: (name, event) => (listener, self, disposables) => {
      const listening = event(listener, self, disposables);
      hand(name, [], listening);
      return listening;
    },
  };
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}

function isDisposable(value: unknown): value is vscode.Disposable {
  return typeof value === 'object' && value !== null && 'dispose' in value && typeof value.dispose === 'function';
}
