import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { Verdict } from './decision.ts';
import { sha256Hex } from './json.ts';
import type { DecisionId, Plan, PlanDigest } from './plan.ts';

/** What a person says of a plan: yes, in the plan's own verdict, so that approve and deny can't be confused; or no. */
export type CountersignedVerdict = Verdict | 'decline';

/** What every countersignature says, whoever made it. */
interface Countersigned {
  readonly verdict: CountersignedVerdict;
  readonly decision: DecisionId;
  readonly digest: PlanDigest;
  /** The plan's own end, as it stands there. */
  readonly expiresAt: string;
  /** Id of the key that signed: 16 hexadecimal digits. */
  readonly key: string;
}

/** A person's signed verdict on one digest. */
export interface Countersignature extends Countersigned {
  /** Ed25519 over `signedText`, 64 bytes in base64url. */
  readonly signature: string;
}

/** The verdict of a person who decided elsewhere, as a job carried it back that holds the account's secret for that. */
export interface UnattendedCountersignature extends Countersigned {
  /** HMAC-SHA256 over `signedText` with the secret, 32 bytes in base64url. */
  readonly mac: string;
}

/** A public key that may countersign. */
export interface ApproverKey {
  /** 16 hexadecimal digits over the key. */
  readonly id: string;
  /** `ed25519:` and the 32 bytes in base64url, as settings name it. */
  readonly text: string;
}

/** The private half, PKCS #8 in base64url, and the public one. */
export interface SigningKey {
  readonly privateKey: string;
  readonly publicKey: ApproverKey;
}

/** No field can hold the separator, so no two countersignatures share a text. */
function signedText({ verdict, decision, digest, expiresAt, key }: Countersigned): string {
  return `countersign/v1|${verdict}|${decision}|${digest}|${expiresAt}|${key}`;
}

const KEY = /^ed25519:([A-Za-z0-9+/_-]{43}=?)$/;

/** `null`: that is no Ed25519 public key. */
export function parseApproverKey(text: string): ApproverKey | null {
  const [, encoded] = KEY.exec(text) ?? [];
  return encoded === undefined ? null : approverKey(Buffer.from(encoded, 'base64'));
}

function approverKey(bytes: Buffer): ApproverKey {
  const text = `ed25519:${bytes.toString('base64url')}`;
  return { id: sha256Hex(text).slice(0, 16), text };
}

/** A key for one installation and profile of an editor. */
export function createSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
    publicKey: approverKey(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')),
  };
}

export function countersign(
  { privateKey, publicKey }: SigningKey,
  { decision, expiresAt }: Pick<Plan, 'decision' | 'expiresAt'>,
  digest: PlanDigest,
  verdict: CountersignedVerdict,
): Countersignature {
  const said = { verdict, decision, digest, expiresAt, key: publicKey.id };
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), type: 'pkcs8', format: 'der' });
  return { ...said, signature: sign(null, Buffer.from(signedText(said)), key).toString('base64url') };
}

/** @param secret the account's own for unattended decisions; it is in nothing that comes back */
export function countersignUnattended(
  secret: string,
  { decision, expiresAt }: Pick<Plan, 'decision' | 'expiresAt'>,
  digest: PlanDigest,
  verdict: 'approve' | 'deny',
): UnattendedCountersignature {
  const said = { verdict, decision, digest, expiresAt, key: unattendedKeyId(secret) };
  return { ...said, mac: macOf(secret, said).toString('base64url') };
}

/** With a label of its own, so that it is no part of any countersignature. */
function unattendedKeyId(secret: string): string {
  return createHmac('sha256', secret).update('countersign/v1/unattended-key-id').digest('hex').slice(0, 16);
}

function macOf(secret: string, said: Countersigned): Buffer {
  return createHmac('sha256', secret).update(signedText(said)).digest();
}

/** As {@link flawIn}, of one that was made with a secret. Nobody declines unattended. */
export function flawInUnattended(
  given: UnattendedCountersignature,
  plan: Plan,
  digest: PlanDigest,
  secret: string,
): string | null {
  const mistaken = mistakenFor(given, plan, digest);
  if (mistaken !== null) return mistaken;
  if (given.verdict === 'decline') return 'Nothing is declined unattended.';
  if (given.key !== unattendedKeyId(secret)) return 'The countersignature was made with another secret.';
  const mac = Buffer.from(given.mac, 'base64url');
  const expected = macOf(secret, given);
  return mac.length === expected.length && timingSafeEqual(mac, expected)
    ? null
    : 'The countersignature was not made with the secret of the account.';
}

function mistakenFor(given: Countersigned, plan: Plan, digest: PlanDigest): string | null {
  if (given.decision !== plan.decision || given.digest !== digest || given.expiresAt !== plan.expiresAt) {
    return 'The countersignature is for another decision.';
  }
  if (given.verdict !== plan.verdict && given.verdict !== 'decline') {
    return `The countersignature says "${given.verdict}", and the decision is to ${plan.verdict}.`;
  }
  return null;
}

/** Why a countersignature doesn't count for this plan, in a sentence; `null` when it does. Time is not looked at. */
export function flawIn(
  given: Countersignature,
  plan: Plan,
  digest: PlanDigest,
  keys: readonly ApproverKey[],
): string | null {
  const mistaken = mistakenFor(given, plan, digest);
  if (mistaken !== null) return mistaken;
  const key = keys.find(({ id }) => id === given.key);
  if (!key) return 'The countersignature was made with a key that is not trusted here.';
  return isSignedBy(key, given) ? null : "The countersignature's signature is wrong.";
}

function isSignedBy({ text }: ApproverKey, given: Countersignature): boolean {
  // Whoever left it may have left anything.
  if (typeof given.signature !== 'string') return false;
  const signature = Buffer.from(given.signature, 'base64url');
  // Decoding forgives what it doesn't know, and one signature is to have one spelling.
  if (signature.toString('base64url') !== given.signature) return false;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text.slice('ed25519:'.length) }, format: 'jwk' });
  return verify(null, Buffer.from(signedText(given)), key, signature);
}
