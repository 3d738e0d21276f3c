import { generateKeyPairSync } from 'node:crypto';
import { countersign, createSigningKey, flawIn, type Plan, type PlanDigest } from '@countersign/shared/approval';
import { describe, expect, test } from 'vitest';
import { createSigningKeys } from '../../../extension/src/confirm/index.ts';
import { createMemoryHost, type MemoryHost } from '../../support/memory-host.ts';

// The key with which this editor countersigns, and what becomes of it where secrets are kept badly.

const SECRET = 'countersign.signingKey';
const PLAN = { decision: 'AAAAAAAAAAAAAAAAAAAAAA', verdict: 'deny', expiresAt: '2026-11-22T12:00:00Z' } as Plan;
const DIGEST = 'a'.repeat(64) as PlanDigest;

/** Windows of one profile, which share what is kept and hear of its changes. */
function windows(count: number): readonly MemoryHost[] {
  const first = createMemoryHost();
  return [first, ...Array.from({ length: count - 1 }, () => ({ ...createMemoryHost(), secrets: first.secrets }))];
}

/** How a key proves itself. */
async function signs(host: MemoryHost): Promise<string | null> {
  const key = await createSigningKeys(host).get();
  if (key === null) return 'There is none.';
  return flawIn(countersign(key, PLAN, DIGEST, 'deny'), PLAN, DIGEST, [key.publicKey]);
}

test('it is made once, and the next window finds it', async () => {
  const [host] = windows(1) as readonly [MemoryHost];
  const keys = createSigningKeys(host);
  expect(keys.trusted()).toEqual([]);
  const key = await keys.get();
  expect(await keys.get()).toEqual(key);
  expect(keys.trusted()).toEqual([key?.publicKey.text]);
  expect(await createSigningKeys(host).get()).toEqual(key);
  expect(await signs(host)).toBeNull();
});

describe('of windows that start together each ends with the key that is kept', () => {
  test('when both have looked before either has stored', async () => {
    const [one, other] = windows(2) as readonly [MemoryHost, MemoryHost];
    const found = await Promise.all([createSigningKeys(one).get(), createSigningKeys(other).get()]);
    const kept = await createSigningKeys(one).get();
    expect(found).toEqual([kept, kept]);
  });

  test('when one has read its own back before the other stored', async () => {
    const [host] = windows(1) as readonly [MemoryHost];
    const keys = createSigningKeys(host);
    await keys.get();
    const later = createSigningKey();
    await host.secrets.store(SECRET, JSON.stringify(later));
    expect(await keys.get()).toEqual(later);
    expect(keys.trusted()).toEqual([later.publicKey.text]);
  });
});

describe('there is no key', () => {
  test('where what is stored is not kept', async () => {
    const [host] = windows(1) as readonly [MemoryHost];
    host.secrets.store = async () => undefined;
    const keys = createSigningKeys(host);
    expect(await keys.get()).toBeNull();
    expect(keys.trusted()).toEqual([]);
  });

  test('where the storage fails, and its words are not repeated: they may quote the key', async () => {
    const [host] = windows(1) as readonly [MemoryHost];
    let quoted = '';
    host.secrets.store = async (_name, value) => {
      quoted = value;
      throw new Error(`can't store ${value}`);
    };
    expect(await createSigningKeys(host).get()).toBeNull();
    const { privateKey } = JSON.parse(quoted) as { privateKey: string };
    expect(host.logged).toHaveLength(1);
    expect(host.logged.join()).not.toContain(privateKey);
    expect(host.logged.join()).not.toContain('store {');
  });
});

describe('what can not sign is replaced, and that is said without its text', () => {
  const { privateKey, publicKey } = createSigningKey();
  const flipped = `${privateKey.slice(0, 10)}!!!!${privateKey.slice(14)}`;
  const foreign = generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'der' });
  test.each([
    ['a key of another kind', JSON.stringify({ privateKey: foreign.toString('base64url'), publicKey })],
    ['no JSON', privateKey],
    ['JSON that is no key', 'null'],
    ['a private key that is none', JSON.stringify({ privateKey: 'AAAA', publicKey })],
    ['a damaged private key', JSON.stringify({ privateKey: flipped, publicKey })],
    ['no private key', JSON.stringify({ publicKey })],
  ])('%s', async (_what, kept) => {
    const [host] = windows(1) as readonly [MemoryHost];
    host.secretsKept.set(SECRET, kept);
    expect(await signs(host)).toBeNull();
    expect(host.secretsKept.get(SECRET)).not.toBe(kept);
    expect(await signs(host)).toBeNull();
    expect(host.logged).toHaveLength(1);
    expect(host.logged[0]).toMatch(/could not be used.*new one/);
    expect(host.logged[0]).not.toContain(privateKey.slice(0, 10));
  });

  test('the public half is the private key’s own, whatever stands beside it', async () => {
    const [host] = windows(1) as readonly [MemoryHost];
    const other = createSigningKey();
    host.secretsKept.set(SECRET, JSON.stringify({ privateKey, publicKey: other.publicKey }));
    expect(await createSigningKeys(host).get()).toEqual({ privateKey, publicKey });
    expect(await signs(host)).toBeNull();
  });
});
