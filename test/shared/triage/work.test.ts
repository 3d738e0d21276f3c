import type { ApprovalRequest } from '@countersign/shared/approval';
import { findingsOf } from '@countersign/shared/triage';
import { afterEach, expect, test, vi } from 'vitest';
import { ALL_CASES } from './cases/index.ts';
import { contextOf, requestOf } from './request.ts';

afterEach(() => vi.restoreAllMocks());

/** How many characters expressions looked at: counted, since time says more of the computer. */
function lookedAt(request: ApprovalRequest): number {
  const own = RegExp.prototype.exec;
  let count = 0;
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = own.call(this, text);
    count += match || this.sticky ? Math.max(1, this.lastIndex - from) : Math.max(1, text.length - from);
    return match;
  });
  findingsOf(request, contextOf({}));
  spy.mockRestore();
  return count;
}

const [first] = ALL_CASES;
const ordinary = requestOf(first ?? { request: { os: 'windows', path: null } });
const certificate = { sha: null, valid: true, digestMismatch: false };
const inSubject = (subject: Partial<ApprovalRequest['subject']>): ApprovalRequest => ({
  ...ordinary,
  subject: { ...ordinary.subject, ...subject },
});
const FIELDS: readonly (readonly [string, (text: string) => ApprovalRequest])[] = [
  ['reason', (reason) => ({ ...ordinary, reason })],
  ['comments', (comments) => ({ ...ordinary, comments })],
  ['path', (path) => inSubject({ path })],
  ['name', (name) => inSubject({ name, path: null })],
  ['product', (product) => inSubject({ product })],
  ['process', (process) => inSubject({ process })],
  ['file that wrote it', (path) => inSubject({ createdBy: [path] })],
  ['signer', (subject) => inSubject({ certificates: [{ ...certificate, subject }] })],
  ['requester', (name) => ({ ...ordinary, requester: { ...ordinary.requester, name } })],
];
const PATTERNS = ['a', 'ab ', ' ', '.', '-', '/../', ' (1)', '.exe', 'ignore all ', 'аb ', '&#105;', '<b>'];
const long = (pattern: string, length: number) => pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

test.each(FIELDS)('a %s that is ten times as long makes no more work', (_field, make) => {
  const more = PATTERNS.filter((text) => {
    // Both longer than anything is looked at.
    const [once, tenfold] = [lookedAt(make(long(text, 12_000))), lookedAt(make(long(text, 120_000)))];
    return tenfold > once * 1.1;
  });
  expect(more).toEqual([]);
});

test('ten times as many files or signers make at most ten times the work', () => {
  const path = 'C:\\Users\\maria\\AppData\\Local\\Temp\\a.exe';
  const of = (count: number) =>
    inSubject({
      createdBy: Array.from({ length: count }, (_none, index) => `${path}${index}`),
      certificates: Array.from({ length: count }, (_none, index) => ({
        ...certificate,
        subject: `CN=Contoso ${index}`,
      })),
    });
  expect(lookedAt(of(1000))).toBeLessThanOrEqual(lookedAt(of(100)) * 10.5);
});
