import * as l10n from '@vscode/l10n';
import { createAccountCommands, createAccountsStore, createTryAccount } from './accounts/index.ts';
import {
  createCopyCommands,
  createDecideCommands,
  createLookUpCommands,
  createQueueCommands,
} from './commands/index.ts';
import {
  announceAwaiting,
  createAnswering,
  createAwaiting,
  createDecider,
  createSigningKeys,
  type Every,
} from './confirm/index.ts';
import { fetchOnce } from './fetch-once.ts';
import type { CommandHandlers, Host } from './host/index.ts';
import { createJournalCommands } from './journal/index.ts';
import { createMcpCommands, createMcpServers } from './mcp/index.ts';
import { createQueue } from './queue/index.ts';
import { createReviewCommands, createReviews } from './review/index.ts';
import { createRuntime } from './runtime.ts';
import { showAwaiting } from './views/awaiting.ts';
import { showDecided } from './views/decided.ts';
import { createPendingTree } from './views/pending/index.ts';

/** Everything behind the views and commands, loaded when the editor has started. */
export interface App {
  readonly commands: CommandHandlers;
}

/** @param strings file with the strings in the editor's language; `null`: they are English */
export async function createApp(host: Host, strings: string | null): Promise<App> {
  if (strings !== null) await l10n.config({ fsPath: strings });
  const now = Date.now;
  const accounts = createAccountsStore(host);
  const keys = createSigningKeys(host);
  const runtime = createRuntime({
    host,
    accounts,
    keys,
    sqlite: () => process.getBuiltinModule('node:sqlite'),
    fetch: fetchOnce,
    now,
  });
  host.subscriptions.add({ dispose: runtime.close });

  const store = createQueue(host, runtime, accounts);
  const tree = createPendingTree({ host, store, now });
  const decider = createDecider(host, runtime, keys);
  const reviews = createReviews(host, runtime, store, decider);

  const awaiting = createAwaiting({ host, runtime, keys, every });
  const answering = createAnswering(host, runtime, keys, awaiting);
  announceAwaiting(host, runtime, awaiting, () => answering.answer());
  showAwaiting(host, runtime, awaiting);
  const decided = showDecided(host, runtime);

  // One that others keep busy is free a moment later, and nobody would ask again.
  const hasLedger = () => [undefined, 'busy'].includes(runtime.whyNoLedger()?.kind);
  host.offerMcp(createMcpServers({ host, accounts, keys, hasLedger, changed: accounts.onDidChange }));

  const queueCommands = createQueueCommands({ host, store, tree });
  return {
    commands: {
      ...queueCommands,
      ...createCopyCommands(host),
      ...createLookUpCommands(host, store),
      ...createReviewCommands(host, store, reviews),
      ...createDecideCommands({ host, runtime, store, decider }),
      ...answering,
      ...createJournalCommands(host, runtime, keys),
      ...createMcpCommands(host, accounts, keys),
      ...createAccountCommands({
        host,
        accounts,
        runtime,
        queue: store,
        tryAccount: createTryAccount({ fetch: fetchOnce, userAgent: `countersign-vscode/${host.version}`, now }),
        loadSandbox: () => import('./sandbox.ts'),
      }),
      loadMore: async (clicked) => {
        if (!decided.loadMore(clicked)) await queueCommands.loadMore(clicked);
      },
    },
  };
}

const every: Every = (ms, work) => {
  const timer = setInterval(work, ms);
  return { dispose: () => clearInterval(timer) };
};
