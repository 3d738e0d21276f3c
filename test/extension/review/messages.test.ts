import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDraft } from '../../../extension/src/review/form/draft.ts';
import { parseMessage } from '../../../extension/src/review/parse-message.ts';

test.each([
  { type: 'ready' },
  { type: 'reload' },
  { type: 'read', part: 'research' },
  { type: 'copy', id: 'sha256' },
  { type: 'choose', changed: 'scope', draft: emptyDraft, revision: 1 },
  { type: 'search', draft: emptyDraft, revision: 1 },
  { type: 'decide', verdict: 'deny', draft: emptyDraft, revision: 1 },
])('what a page of ours says is understood: $type', (message) => {
  expect(parseMessage(structuredClone(message))).toEqual(message);
});

test.each([
  null,
  'decide',
  [],
  {},
  { type: 'send' },
  { type: 'read', part: '__proto__' },
  { type: 'copy', id: 7 },
  { type: 'copy', id: 'x'.repeat(201) },
  { type: 'decide', verdict: 'approve-all', draft: emptyDraft, revision: 1 },
  { type: 'decide', verdict: 'approve', draft: {}, revision: 1 },
  { type: 'decide', verdict: 'approve', draft: { ...emptyDraft, reason: 5 }, revision: 1 },
  { type: 'decide', verdict: 'approve', draft: { ...emptyDraft, reason: 'x'.repeat(10_001) }, revision: 1 },
  { type: 'decide', verdict: 'approve', draft: emptyDraft, revision: 0.5 },
  { type: 'choose', changed: 'constructor', draft: emptyDraft, revision: 1 },
])('what is no message of ours is nothing: %j', (message) => {
  expect(parseMessage(message)).toBeNull();
});

test('nothing that a page could say makes it fail', async () => {
  await fc.assert(fc.asyncProperty(fc.anything(), async (value) => parseMessage(value) === null));
});

test('what a draft holds besides its fields is dropped', () => {
  const message = { type: 'search', draft: { ...emptyDraft, more: 'x' }, revision: 1 };
  expect(parseMessage(message)).toEqual({ type: 'search', draft: emptyDraft, revision: 1 });
});
