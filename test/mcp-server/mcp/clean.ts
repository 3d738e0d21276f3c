import { expect } from 'vitest';
import { forbiddenIn } from '../../hostile-corpus.ts';
import type { Answer, Question } from './client.ts';

/** Our own line breaks. */
const LINES = '\n';
/** What Markdown or HTML would make of a text that nobody escaped. */
const LIVE = /(?<!\\)(?:!\[|\]\(|<[a-z!/]|`{3}|\*\*|&#|https?:\/\/(?!127))/i;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)]);
}

export function expectClean({ text, structured }: Pick<Answer, 'text' | 'structured'>): void {
  expect(forbiddenIn(text, LINES)).toEqual([]);
  expect(text.length).toBeLessThan(24_000);
  expectCleanData(structured);
}

export function expectCleanData(data: unknown): void {
  for (const part of textsIn(data)) {
    expect(forbiddenIn(part, LINES), part.slice(0, 80)).toEqual([]);
    expect(part.length).toBeLessThan(4_200);
  }
}

export function expectSafeQuestion({ message, description }: Question): void {
  expect(forbiddenIn(message, LINES)).toEqual([]);
  expect(message).not.toMatch(LIVE);
  expect(message.length).toBeLessThan(16_000);
  expect(description).toMatch(
    /^To confirm, type "(approve|deny|take-ownership) [A-Za-z0-9._-]{1,24}"\. Any other text, and Decline, ends this proposal: nothing is sent, and the request is neither approved nor denied\.$/,
  );
}
