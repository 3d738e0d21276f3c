import type { RecordedCall } from '../record.ts';
import { jsonReply, Refusal } from '../reply.ts';

/** "can be supplied either as URL parameters or headers"; names in any case. The URL goes first. */
export function parameter(call: RecordedCall, name: string): string | undefined {
  const inUrl = Object.entries(call.query).find(([key]) => key.toLowerCase() === name)?.[1];
  return inUrl ?? call.headers[name];
}

export function isSet(call: RecordedCall, name: string): boolean {
  return ['1', 'true'].includes((parameter(call, name) ?? '').toLowerCase());
}

/** The sentence is the one known for a PIN without pin1; that other bad parameters get it too is a guess. */
export function generalError(why: string): Refusal {
  return new Refusal(jsonReply(400, { Message: 'General error' }), why);
}

export function wholeNumber(call: RecordedCall, name: string): number | undefined {
  const text = parameter(call, name);
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw generalError(`${name} is no whole number`);
  return Number(text);
}

/** What one page may hold. */
export interface PageLimits {
  readonly standard: number;
  readonly most: number;
}

/** Ascending from startid, which is included, or the latest in descending order; the two exclude each other. */
export function page<Row extends { readonly id: number }>(
  call: RecordedCall,
  ascending: readonly Row[],
  limits: PageLimits,
): readonly Row[] {
  const startId = wholeNumber(call, 'startid');
  const take = wholeNumber(call, 'take');
  const last = wholeNumber(call, 'last');
  if (last !== undefined) {
    if (startId !== undefined || take !== undefined) throw generalError('last excludes take and startid');
    return ascending.toReversed().slice(0, Math.min(last, limits.most));
  }
  const from = ascending.filter(({ id }) => id >= (startId ?? 0));
  return from.slice(0, Math.min(take ?? limits.standard, limits.most));
}
