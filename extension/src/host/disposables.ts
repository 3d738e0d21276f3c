import type { Disposable } from './event.ts';

/** What ends together. What arrives after the end is ended at once. */
export interface Disposables extends Disposable {
  add<T extends Disposable>(disposable: T): T;
}

export function createDisposables(): Disposables {
  const kept: Disposable[] = [];
  let hasEnded = false;
  return {
    add: (disposable) => {
      if (hasEnded) disposable.dispose();
      else kept.push(disposable);
      return disposable;
    },
    dispose: () => {
      hasEnded = true;
      // The last first, since it may rest on those before it.
      for (const disposable of kept.splice(0).reverse()) disposable.dispose();
    },
  };
}
