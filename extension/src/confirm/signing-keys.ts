import { createPrivateKey, createPublicKey } from 'node:crypto';
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

export function createSigningKeys({
  secrets,
  log,
  subscriptions,
}: Pick<Host, 'secrets' | 'log' | 'subscriptions'>): SigningKeys {
  let known: Promise<SigningKey | null> | null = null;
  let key: SigningKey | null = null;

  /** What is logged never repeats what the storage or a parser says, since that may quote the private key. */
  async function load(): Promise<SigningKey | null> {
    try {
      const kept = await secrets.get(SECRET);
      const found = kept === null ? null : readKey(kept);
      if (found) return found;
      if (kept !== null) log.warn('The signing key that was kept could not be used. A new one is made in its place.');
      await secrets.store(SECRET, JSON.stringify(createSigningKey()));
      // Another window may have made one at the same time, and a storage may keep nothing: what is there now is the key.
      const stored = await secrets.get(SECRET);
      const made = stored === null ? null : readKey(stored);
      if (made === null) log.warn("The editor's secret storage did not keep the signing key.");
      return made;
    } catch {
      log.warn("The editor's secret storage failed, so the signing key could be neither read nor kept.");
      return null;
    }
  }

  subscriptions.add(
    secrets.onDidChange((name) => {
      // By another window, perhaps, which stored its own last.
      if (name === SECRET) known = null;
    }),
  );
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

/** `null`: that can't sign. The public half is the private one's own, whatever was kept beside it. */
function readKey(text: string): SigningKey | null {
  try {
    const { privateKey } = JSON.parse(text) as { privateKey?: unknown };
    if (typeof privateKey !== 'string') return null;
    const pair = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), type: 'pkcs8', format: 'der' });
    if (pair.asymmetricKeyType !== 'ed25519') return null;
    const { x } = createPublicKey(pair).export({ format: 'jwk' });
    const publicKey = parseApproverKey(`ed25519:${x}`);
    return publicKey && { privateKey, publicKey };
  } catch {
    return null;
  }
}
