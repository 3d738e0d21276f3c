import { nodeIo, parseSettings } from '@countersign/shared/account';
import { createDecisions } from '@countersign/shared/decide';
import { createMemoryLedger } from '@countersign/shared/ledger';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import type { Sandbox } from '@countersign/shared/sandbox';
import { type Runtime, VERSION } from '../runtime.ts';
import { sandboxAccounts } from './sandbox-accounts.ts';

/** Works with a sandbox alone: no accounts file, no environment variable, no ledger and no proxy of the user's is touched. */
export function sandboxRuntime(sandbox: Sandbox): Runtime {
  const { file, secrets } = sandboxAccounts(sandbox);
  const settings = parseSettings(JSON.stringify(file), 'The sandbox');
  const io = { ...nodeIo(), env: secrets };
  const book = createAccountBook(
    async () => settings,
    (account) => createProvider(account, { fetch: globalThis.fetch, io, userAgent: `countersign/${VERSION}` }),
  );
  return { book, decisions: createDecisions({ book, ledger: createMemoryLedger() }), now: Date.now };
}
