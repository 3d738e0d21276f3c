import { createPrivateKey, sign } from 'node:crypto';
import {
  type Countersignature,
  countersign,
  createSigningKey,
  type PlanDigest,
  type SigningKey,
} from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import fc from 'fast-check';
import { type Forgery, forgery, NO_CHOICE } from './forgery.ts';
import { ending, leave, look, ORDERS, planFor, put, type Scene, TRUSTED } from './stage.ts';

// What is wrong with the countersignature itself.

type Said = Omit<Countersignature, 'signature'>;

const STRANGER = createSigningKey();

function signText({ privateKey }: SigningKey, text: string): Buffer {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), type: 'pkcs8', format: 'der' });
  return sign(null, Buffer.from(text), key);
}

function signed(key: SigningKey, said: Said): Countersignature {
  const { verdict, decision, digest, expiresAt } = said;
  const text = `countersign/v1|${verdict}|${decision}|${digest}|${expiresAt}|${said.key}`;
  return { ...said, signature: signText(key, text).toString('base64url') };
}

async function left(scene: Scene, countersignature: object): Promise<DecisionResult> {
  await leave(scene, countersignature as Countersignature);
  return await ending(scene);
}

async function lying(scene: Scene, json: string): Promise<DecisionResult> {
  put(scene, json);
  await look(scene);
  return await ending(scene);
}

/** Another plan that is open as well. */
async function other({ world, order }: Scene) {
  const another = ORDERS.find(({ name }) => name !== order.name) ?? order;
  return await planFor(world, another, 'another client');
}

const withOther = async (
  scene: Scene,
  work: (planned: Awaited<ReturnType<typeof other>>) => Promise<DecisionResult>,
): Promise<DecisionResult> => {
  const planned = await other(scene);
  const result = await work(planned);
  await scene.world.decisions.close(planned.plan.decision, 'The test ends.');
  return result;
};

const flip = (verdict: string) => (verdict === 'approve' ? 'deny' : 'approve');
const verdicts = fc.oneof(
  fc.constantFrom('flipped', 'take-ownership', 'APPROVE', 'approve ', 'yes', '', 'constructor', '__proto__'),
  fc.string(),
);

/** 2^252 + 27742317777372353535851937790883648493: adding it to the second half changes nothing in Ed25519's equation. */
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

function movedBy(signature: Buffer, times: bigint): Buffer {
  const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + ORDER * times;
  const moved = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([signature.subarray(0, 32), moved]);
}

/** Bits that base64 leaves over in its last character. */
function withSpareBits(text: string, bits: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + letters[letters.indexOf(text.slice(-1)) + bits];
}

const SPELLINGS: Readonly<Record<string, (bytes: Buffer, text: string) => string>> = {
  hexadecimal: (bytes) => bytes.toString('hex'),
  padded: (_bytes, text) => `${text}==`,
  'padded base64': (bytes) => bytes.toString('base64'),
  'a space before': (_bytes, text) => ` ${text}`,
  'a line feed behind': (_bytes, text) => `${text}\n`,
  'a dot inside': (_bytes, text) => `${text.slice(0, 40)}.${text.slice(40)}`,
  'spare bits': (_bytes, text) => withSpareBits(text, 1),
  'more spare bits': (_bytes, text) => withSpareBits(text, 15),
  'one byte more': (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url'),
  'one byte less': (bytes) => bytes.subarray(0, 63).toString('base64url'),
  twice: (_bytes, text) => text + text,
  'halves swapped': (bytes) => Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]).toString('base64url'),
  nothing: () => '',
  zeros: () => Buffer.alloc(64).toString('base64url'),
  'a small-order point': () => Buffer.concat([Buffer.of(1), Buffer.alloc(63)]).toString('base64url'),
  'as a data address': (_bytes, text) => `data:;base64,${text}`,
};

const EXPIRIES: Readonly<Record<string, (text: string) => string>> = {
  'with an offset': (text) => text.replace('Z', '+00:00'),
  'without milliseconds': (text) => text.replace('.000Z', 'Z'),
  'an hour later': (text) => new Date(Date.parse(text) + 3_600_000).toISOString(),
  'a millisecond later': (text) => new Date(Date.parse(text) + 1).toISOString(),
  'a millisecond earlier': (text) => new Date(Date.parse(text) - 1).toISOString(),
  'in lower case': (text) => text.toLowerCase(),
  'with a space': (text) => `${text} `,
  never: () => 'never',
  nothing: () => '',
};

const TEXTS: Readonly<Record<string, (said: Said) => string>> = {
  'another version': (said) => `countersign/v2|${joined(said)}`,
  'no purpose': joined,
  'no key': ({ verdict, decision, digest, expiresAt }) =>
    `countersign/v1|${verdict}|${decision}|${digest}|${expiresAt}`,
  JSON: (said) => JSON.stringify(said),
  'the digest alone': ({ digest }) => digest,
  nothing: () => '',
  'a line feed more': (said) => `countersign/v1|${joined(said)}\n`,
  'other separators': (said) => `countersign/v1|${joined(said)}`.replaceAll('|', '\n'),
};

function joined({ verdict, decision, digest, expiresAt, key }: Said): string {
  return [verdict, decision, digest, expiresAt, key].join('|');
}

const anything = fc.oneof(
  fc.constantFrom('', '{', 'null x', '"', 'undefined', '[1,', '\u0000'),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify({ signature: value })),
  fc.constantFrom('[]', '{}', '0', 'true', '"approve"', '[null]', '{"__proto__":{}}'),
);

export const SIGNATURE_FORGERIES: readonly Forgery[] = [
  forgery('a flipped or foreign verdict beside the signature', verdicts, (scene, verdict) =>
    left(scene, { ...scene.good, verdict: verdict === 'flipped' ? flip(scene.plan.verdict) : verdict }),
  ),
  forgery('a flipped or foreign verdict that was signed', verdicts, (scene, verdict) => {
    const said = verdict === 'flipped' ? flip(scene.plan.verdict) : verdict;
    return left(scene, signed(scene.key, { ...scene.good, verdict: said as Countersignature['verdict'] }));
  }),
  forgery('a decline with its verdict made a yes', NO_CHOICE, (scene) => {
    const declined = countersign(scene.key, scene.plan, scene.digest, 'decline');
    return left(scene, { ...declined, verdict: scene.plan.verdict });
  }),
  forgery(
    'a decline, by a trusted key',
    NO_CHOICE,
    (scene) => left(scene, countersign(scene.key, scene.plan, scene.digest, 'decline')),
    { ends: ['declined'] },
  ),
  forgery("another decision's signature", NO_CHOICE, (scene) =>
    withOther(scene, ({ plan, digest }) => {
      const { signature } = countersign(scene.key, plan, digest, plan.verdict);
      return left(scene, { ...scene.good, signature });
    }),
  ),
  forgery("another decision's countersignature, put in this one's place", NO_CHOICE, (scene) =>
    withOther(scene, async ({ plan, digest }) =>
      lying(scene, JSON.stringify(countersign(scene.key, plan, digest, plan.verdict))),
    ),
  ),
  forgery('another key', fc.constantFrom('its own id', 'the trusted id'), (scene, id) => {
    const made = countersign(STRANGER, scene.plan, scene.digest, scene.plan.verdict);
    return left(scene, id === 'its own id' ? made : signed(STRANGER, { ...made, key: scene.key.publicKey.id }));
  }),
  forgery("a trusted key's id beside another trusted key's signature", fc.boolean(), (scene, isSigned) => {
    const [another = scene.key] = TRUSTED.filter((key) => key !== scene.key);
    const said = { ...scene.good, key: another.publicKey.id };
    return left(scene, isSigned ? signed(scene.key, said) : said);
  }),
  forgery('the key named in another way', fc.constantFrom('upper case', 'text', 'short', 'space', ''), (scene, how) => {
    const { id, text } = scene.key.publicKey;
    const names = { 'upper case': `${id.toUpperCase()}x`, text, short: id.slice(0, 15), space: ` ${id}`, '': '' };
    return left(scene, signed(scene.key, { ...scene.good, key: names[how] }));
  }),
  forgery("another plan's digest, signed", NO_CHOICE, (scene) =>
    withOther(scene, ({ digest }) => left(scene, signed(scene.key, { ...scene.good, digest }))),
  ),
  forgery('a digest that is off, signed', fc.nat({ max: 63 }), (scene, place) => {
    const digit = scene.digest[place] === '0' ? '1' : '0';
    const digest = (scene.digest.slice(0, place) + digit + scene.digest.slice(place + 1)) as PlanDigest;
    return left(scene, signed(scene.key, { ...scene.good, digest }));
  }),
  forgery('another expiry, signed', fc.constantFrom(...Object.values(EXPIRIES)), (scene, spelled) =>
    left(scene, signed(scene.key, { ...scene.good, expiresAt: spelled(scene.good.expiresAt) })),
  ),
  forgery(
    'fields moved across the separators, the signed text unchanged',
    fc.record({
      cuts: fc.uniqueArray(fc.nat({ max: 400 }), { minLength: 4, maxLength: 4 }),
      isLeftByHand: fc.boolean(),
    }),
    (scene, { cuts, isLeftByHand }) => {
      const text = joined(scene.good);
      const places = cuts.map((cut) => cut % text.length).toSorted((a, b) => a - b);
      const parts = [0, ...places].map((start, index) => text.slice(start, places[index] ?? text.length));
      const [verdict, decision, digest, expiresAt, key] = parts;
      const moved = { verdict, decision, digest, expiresAt, key, signature: scene.good.signature };
      return isLeftByHand
        ? lying(scene, JSON.stringify(moved))
        : left(scene, { ...moved, decision: scene.plan.decision });
    },
  ),
  forgery(
    'a separator with more behind it in a field, signed',
    fc.constantFrom('verdict', 'digest', 'expiresAt', 'key'),
    (scene, field) => {
      const said = { ...scene.good, [field]: `${scene.good[field]}|${scene.good[field]}` };
      return left(scene, signed(scene.key, said));
    },
  ),
  forgery('a signature with a bit flipped', fc.nat({ max: 511 }), (scene, bit) => {
    const bytes = Buffer.from(scene.good.signature, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return left(scene, { ...scene.good, signature: bytes.toString('base64url') });
  }),
  forgery(
    "the signature's second half moved by the group's order",
    fc.bigInt({ min: 1n, max: 14n }),
    (scene, times) => {
      const moved = movedBy(Buffer.from(scene.good.signature, 'base64url'), times);
      return left(scene, { ...scene.good, signature: moved.toString('base64url') });
    },
  ),
  forgery('the signature spelled in another way', fc.constantFrom(...Object.values(SPELLINGS)), (scene, spelled) => {
    const { signature } = scene.good;
    return left(scene, { ...scene.good, signature: spelled(Buffer.from(signature, 'base64url'), signature) });
  }),
  forgery('a signature on another text', fc.constantFrom(...Object.values(TEXTS)), (scene, text) => {
    const signature = signText(scene.key, text(scene.good)).toString('base64url');
    return left(scene, { ...scene.good, signature });
  }),
  forgery(
    'a member missing, or of another type',
    fc.record({
      member: fc.constantFrom('verdict', 'decision', 'digest', 'expiresAt', 'key', 'signature'),
      value: fc.constantFrom(undefined, null, 0, 1, true, [], {}, ['approve'], { length: 64 }),
    }),
    (scene, { member, value }) => lying(scene, JSON.stringify({ ...scene.good, [member]: value })),
  ),
  forgery(
    'anything at all in its place',
    anything.filter((json) => json.trim() !== 'null' && isTruthy(json)),
    lying,
  ),
];

/** What counts as nothing left is no answer, and the plan goes on waiting. */
function isTruthy(json: string): boolean {
  try {
    return Boolean(JSON.parse(json));
  } catch {
    return true;
  }
}
