import type { ApprovalRequest, Severity } from '@countersign/shared/approval';
import { findingsOf, gravest } from '@countersign/shared/triage';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileCorpus } from '../../hostile-corpus.ts';
import { ALL_CASES, type TriageCase } from './cases/index.ts';
import { contextOf, requestOf } from './request.ts';

const RANK: Readonly<Record<Severity, number>> = { info: 1, caution: 2, stop: 3 };
const rankOf = (request: ApprovalRequest, given = ALL_CASES[0]) => {
  const severity = gravest(findingsOf(request, contextOf(given ?? {})));
  return severity === null ? 0 : RANK[severity];
};
const aCase = fc.constantFrom(...ALL_CASES);

/** A fact that speaks for the file, and the same request without it. */
const REASSURING: readonly (readonly [
  string,
  (request: ApprovalRequest) => boolean,
  (request: ApprovalRequest) => ApprovalRequest,
])[] = [
  [
    'a clean scan',
    ({ subject }) => subject.scan.verdict === 'clean',
    (request) => ({
      ...request,
      subject: { ...request.subject, scan: { ...request.subject.scan, verdict: 'unknown' } },
    }),
  ],
  [
    'a valid signature',
    ({ subject }) => subject.certificates?.[0]?.valid === true && subject.certificates[0].digestMismatch === false,
    (request) => ({ ...request, subject: { ...request.subject, certificates: null } }),
  ],
  [
    "a signature's validity",
    ({ subject }) => subject.certificates?.[0]?.valid === true && subject.certificates[0].digestMismatch === false,
    (request) => ({
      ...request,
      subject: {
        ...request.subject,
        certificates: (request.subject.certificates ?? []).map((certificate) => ({
          ...certificate,
          valid: null,
          digestMismatch: null,
        })),
      },
    }),
  ],
  [
    'a hash',
    ({ subject }) => subject.sha256 !== null,
    (request) => ({ ...request, subject: { ...request.subject, sha256: null } }),
  ],
  ['a reason', ({ reason }) => reason !== null, (request) => ({ ...request, reason: null })],
  [
    'a requester',
    () => true,
    (request) => ({ ...request, requester: { ...request.requester, account: null, name: null, email: null } }),
  ],
  [
    'a computer that is no server',
    ({ computer }) => computer.isServer === false,
    (request) => ({ ...request, computer: { ...request.computer, isServer: null } }),
  ],
  [
    'nobody connected from afar',
    ({ remotePresence }) => remotePresence === false,
    (request) => ({ ...request, remotePresence: null }),
  ],
];

describe.each(REASSURING)('%s, replaced by "not known"', (_what, isThere, without) => {
  test('lowers no severity', () => {
    // What the fact itself says against the file is no reassurance.
    const harmless = (given: TriageCase) =>
      !findingsOf(requestOf(given), contextOf(given)).some(({ id }) =>
        ['addresses-an-ai', 'self-approval'].includes(id),
      );
    const fitting = ALL_CASES.filter((given) => isThere(requestOf(given)) && harmless(given));
    expect(fitting.length).toBeGreaterThan(10);
    const lowered = fitting.filter(
      (given) => rankOf(without(requestOf(given)), given) < rankOf(requestOf(given), given),
    );
    expect(lowered.map(({ name }) => name)).toEqual([]);
  });
});

test('the order of inputs changes nothing', () => {
  fc.assert(
    fc.property(aCase, fc.array(aCase, { minLength: 1, maxLength: 5 }), (given, others) => {
      const request = requestOf(given);
      const certificates = others.flatMap((other) => requestOf(other).subject.certificates ?? []);
      const createdBy = others.flatMap((other) => requestOf(other).subject.path ?? []);
      const matching = others.map((other) => ({ name: other.name, builtIn: other.ordinary }));
      const ids = (reversed: boolean) => {
        const order = <T>(list: readonly T[]): readonly T[] => (reversed ? list.toReversed() : list);
        return findingsOf(
          {
            ...request,
            subject: { ...request.subject, certificates: order(certificates), createdBy: order(createdBy) },
          },
          { ...contextOf(given), matching: order(matching) },
        ).map(({ id }) => id);
      };
      expect(ids(true)).toEqual(ids(false));
    }),
  );
});

test('findings never throw, and none is said twice', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...hostileCorpus.map((hostile) => hostile.text)),
  );
  const known = fc.option(text, { nil: null });
  fc.assert(
    fc.property(aCase, known, known, known, known, (given, path, reason, name, when) => {
      const request = requestOf(given);
      const strange: ApprovalRequest = {
        ...request,
        reason,
        requestedAt: when,
        assignee: name,
        requester: { ...request.requester, account: name, name, email: name },
        subject: {
          ...request.subject,
          path,
          name,
          product: reason,
          vendor: name,
          process: path,
          createdBy: [path ?? ''],
        },
      };
      const ids = findingsOf(strange, contextOf(given)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 300 },
  );
});
