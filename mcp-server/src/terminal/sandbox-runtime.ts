import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeIo, parseSettings } from '@countersign/shared/account';
import { createDecisions } from '@countersign/shared/decide';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import { createQueueReader, createQueueTriage } from '@countersign/shared/queue';
import type { Sandbox } from '@countersign/shared/sandbox';
import { sandboxAccounts } from '@countersign/shared/sandbox';
import { openUserLedger } from '../open-user-ledger.ts';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';

/**
 * Works with a sandbox alone: no accounts file, no environment variable, no ledger and no proxy of the user's is touched.
 * Its own ledger lies in a temporary folder, which `close` removes.
 */
export function sandboxRuntime(sandbox: Sandbox): Runtime {
  const { file, secrets } = sandboxAccounts(sandbox);
  const settings = parseSettings(JSON.stringify(file), 'The sandbox');
  const io = { ...nodeIo(), env: secrets };
  const book = createAccountBook(
    async () => settings,
    (account) => createProvider(account, { fetch: globalThis.fetch, io, userAgent: `countersign/${VERSION}` }),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-'));
  const ledger = openUserLedger(folder);
  return {
    book,
    decisions: createDecisions({ book, openLedger: () => ledger }),
    snapshots: () => ledger,
    ledger: () => ledger,
    queues: createQueueReader({ now: Date.now, snapshots: () => ledger }),
    triage: createQueueTriage(),
    now: Date.now,
    readOnly: false,
    close: () => {
      ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
