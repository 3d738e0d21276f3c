import type { Runtime } from './runtime.ts';

/** The runtime, loaded with the first call that needs it, so that a client has its lists sooner. */
export interface LazyRuntime {
  /** Whether no decision may be proposed here, whatever the settings say. */
  readonly readOnly: boolean;
  readonly load: () => Promise<Runtime>;
  /** What was begun to be loaded; `null` while nothing needed it. */
  readonly begun: () => Promise<Runtime> | null;
  /** Gives the ledger back, where it was opened. */
  readonly close: () => void;
}

export function lazyRuntime({ readOnly }: { readonly readOnly: boolean }): LazyRuntime {
  let loading: Promise<Runtime> | null = null;
  let loaded: Runtime | null = null;
  return {
    readOnly,
    load: () => {
      loading ??= import('./called.ts').then(({ createRuntime }) => {
        loaded = createRuntime({ readOnly });
        return loaded;
      });
      return loading;
    },
    begun: () => loading,
    close: () => loaded?.close(),
  };
}
