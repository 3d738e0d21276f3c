import * as sqlite from 'node:sqlite';
import type { Countersignature } from '@countersign/shared/approval';
import { openLedger } from '@countersign/shared/ledger';

// A process of its own that leaves what it is sent, and says when it began to.

const [folder = '', now = '0'] = process.argv.slice(2);
const ledger = openLedger({
  folder,
  sqlite,
  busyTimeoutMs: 5000,
  retryForMs: 5000,
  now: () => Number(now),
  warn: () => undefined,
});

process.on('message', (countersignature: Countersignature) => {
  const began = process.hrtime.bigint();
  ledger.leave(countersignature).then(
    () => process.send?.(String(began)),
    () => process.exit(1),
  );
});
process.send?.('ready');
