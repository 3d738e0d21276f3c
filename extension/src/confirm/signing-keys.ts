import { createSigningKey, parseApproverKey, type SigningKey } from '@countersign/shared/approval';
import type { Host } from '../host/index.ts';

const SECRET = 'countersign.signingKey';

/** The key with which this installation countersigns. Its private half never leaves the editor's secret storage. */
export interface SigningKeys {
  /** The key, made when it is first asked for; `null`: the editor keeps no secrets, so nothing can be countersigned here. */
  get(): Promise<SigningKey | null>;
  /** What has been asked for so far, as settings would name it. */
  trusted(): readonly string[];
}

export function createSigningKeys({ secrets, log }: Pick<Host, 'secrets' | 'log'>): SigningKeys {
  let known: Promise<SigningKey | null> | null = null;
  let key: SigningKey | null = null;
  const load = async (): Promise<SigningKey | null> => {
    try {
      const kept = await secrets.get(SECRET);
      if (kept !== null) return readKey(kept);
      const made = createSigningKey();
      await secrets.store(SECRET, JSON.stringify(made));
      return made;
    } catch (error) {
      log.warn(`The editor's secret storage failed (${error instanceof Error ? error.message : 'unknown error'}).`);
      return null;
    }
  };
  return {
    get: async () => {
      known ??= load();
      key = await known;
      if (key === null) known = null;
      return key;
    },
    trusted: () => (key === null ? [] : [key.publicKey.text]),
  };
}

function readKey(text: string): SigningKey | null {
  const { privateKey, publicKey } = JSON.parse(text) as { privateKey?: unknown; publicKey?: { text?: unknown } };
  const known = typeof publicKey?.text === 'string' ? parseApproverKey(publicKey.text) : null;
  return typeof privateKey === 'string' && known ? { privateKey, publicKey: known } : null;
}
