import { isDeepStrictEqual } from 'node:util';
import type { ApprovalRequest } from '@countersign/shared/approval';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameData, NOT_IN_SNAPSHOTS, sharedRequests } from '../../../shared/src/queue/share.ts';

const request = (number: number, more: object = {}) =>
  ({
    reference: `acme/${number}`,
    subject: { name: `${number}.exe`, createdBy: ['a', 'b'] },
    ...more,
  }) as never as ApprovalRequest;

describe('whether two values say the same', () => {
  test('is what a deep comparison says, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [one, other].map((value) => JSON.parse(JSON.stringify(value)));
        expect(isSameData(a, b)).toBe(isDeepStrictEqual(a, b));
        expect(isSameData(a, structuredClone(a))).toBe(true);
      }),
    );
  });

  test.each([
    [{}, []],
    [[], {}],
    [null, {}],
    [{ a: null }, {}],
    [{ a: null }, { b: null }],
    [{ a: 1 }, { a: '1' }],
    [['a'], { 0: 'a' }],
  ])('is not so for %j and %j', (one, other) => {
    expect(isSameData(one, other)).toBe(false);
    expect(isSameData(other, one)).toBe(false);
  });
});

describe('requests of a new reading', () => {
  test('are the objects that they were, unless something in them changed', async () => {
    const before = Array.from({ length: 3000 }, (_, number) => request(number));
    const now = before.map((old, number) =>
      number % 1000 === 7 ? request(number, { reason: 'new' }) : structuredClone(old),
    );
    const shared = await sharedRequests(before, [...now, request(9999)]);
    expect(shared.length).toBe(3001);
    expect(shared.filter((one) => !before.includes(one)).map(({ reference }) => reference)).toEqual([
      'acme/7',
      'acme/1007',
      'acme/2007',
      'acme/9999',
    ]);
    expect(shared).toEqual([...now, request(9999)]);
  });

  test('are the very list only if none changed, went, came or moved', async () => {
    const before = [request(1), request(2), request(3)];
    const [one, two, three] = structuredClone(before) as [ApprovalRequest, ApprovalRequest, ApprovalRequest];
    expect(await sharedRequests(before, [one, two, three])).toBe(before);
    expect(await sharedRequests(before, [one, three, two])).toEqual([before[0], before[2], before[1]]);
    expect(await sharedRequests(before, [one, two])).toEqual(before.slice(0, 2));
    expect(await sharedRequests(before, [])).toEqual([]);
    expect(await sharedRequests([], [one])).toEqual([one]);
  });

  test('of a snapshot stay what they were where only that is missing which no snapshot holds', async () => {
    const full = {
      links: [{ label: 'Portal', url: 'https://x' }],
      decided: null,
      requester: { name: 'Kim', phone: '1' },
    };
    const kept = { links: [], decided: null, requester: { name: 'Kim', phone: null } };
    const before = [request(1, full), request(2, full)];
    const now = [request(1, kept), request(2, { ...kept, requester: { name: 'Robin', phone: null } })];
    expect(await sharedRequests(before, now, NOT_IN_SNAPSHOTS)).toEqual([before[0], now[1]]);
    expect(await sharedRequests(before, now)).toEqual(now);
  });
});
