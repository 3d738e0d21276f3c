import type { Countersignature } from '@countersign/shared/approval';
import { openLedgerIn } from '../support/ledger.ts';

// A process of its own that leaves what it is sent, and says when it began to.

const [folder = '', now = '0'] = process.argv.slice(2);
const ledger = openLedgerIn(folder, { now: () => Number(now) });

process.on('message', (countersignature: Countersignature) => {
  const began = process.hrtime.bigint();
  ledger.leave(countersignature).then(
    () => process.send?.(String(began)),
    () => process.exit(1),
  );
});
process.send?.('ready');
