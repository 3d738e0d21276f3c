import type { Disposable, Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import type { QueueState, QueueStore } from './store.ts';

/** What commands and welcome views hang on. */
export function showContext(
  host: Pick<Host, 'setContext'>,
  runtime: Pick<Runtime, 'whyNoLedger'>,
  store: QueueStore,
): Disposable {
  const known = new Map<string, boolean>();
  const set = (key: Parameters<Host['setContext']>[0], value: boolean) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    host.setContext(key, value);
  };
  return store.onDidChange((state) => {
    const { settings, problem, entries } = state;
    set('hasAccounts', entries.length > 0);
    set('accountsBroken', problem !== null && problem.kind !== 'nothing-configured');
    const hasLedger = runtime.whyNoLedger() === null;
    set('hasLedger', hasLedger);
    set('canDecide', hasLedger && entries.length > 0);
    set('hasRequests', hasRequests(state));
    // Last, so that nothing is offered on the way.
    set('ready', settings !== null || problem !== null);
  });
}

function hasRequests({ sources }: QueueState): boolean {
  return sources.some((source) => 'requests' in source && source.requests.length > 0);
}
