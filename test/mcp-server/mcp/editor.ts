import {
  type Countersignature,
  type CountersignedVerdict,
  countersign,
  createSigningKey,
  type SigningKey,
} from '@countersign/shared/approval';
import type { DecisionRecord } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';
import { ledgerOf, type PlaceLedger } from './ledger-of.ts';
import type { Place } from './place.ts';

const BEAT_MS = 3000;

/** What VS Code does, played by the test: it says that it listens, sees plans that wait for it, and signs answers. */
export interface Editor extends PlaceLedger {
  readonly key: SigningKey;
  /** The first plan that waits for an editor. */
  asked(): Promise<DecisionRecord>;
  sign(record: DecisionRecord, verdict: CountersignedVerdict, key?: SigningKey): Countersignature;
}

export async function openEditor(place: Place, key: SigningKey = createSigningKey()): Promise<Editor> {
  const opened = ledgerOf(place);
  await opened.ledger.listen(key.publicKey.id);
  const beat = setInterval(() => void opened.ledger.listen(key.publicKey.id), BEAT_MS);
  onTestFinished(() => clearInterval(beat));
  return {
    ...opened,
    key,
    asked: () => opened.until(async () => (await opened.ledger.waiting('extension'))[0]),
    sign: ({ plan, digest }, verdict, by = key) => countersign(by, plan, digest, verdict),
  };
}
