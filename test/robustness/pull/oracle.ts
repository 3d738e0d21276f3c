import type { Receiver } from './receiver.ts';
import { DAY, type Seen, type Stage } from './stage.ts';

const THREATLOCKER: Readonly<Record<number, string>> = { 1: 'pending', 4: 'approved', 10: 'denied', 13: 'escalated' };
const ADMIN_BY_REQUEST: Readonly<Record<number, string>> = {
  0: 'approved',
  3: 'denied',
  4: 'pending',
  5: 'quarantined',
};

/**
 * What is wrong with what the receiver has, against what the vendors hold.
 * @param isWhole whether everything listed was read again within the day, so that also what nobody reports has been found
 */
export function complaintsOf(stage: Stage, receiver: Receiver, isWhole: boolean): readonly string[] {
  const last = receiver.last();
  const complaints = receiver.contradictions.map((line) => `a line came twice and differed: ${line}`);
  for (const reference of last.keys()) {
    if (!stage.seen.has(reference)) complaints.push(`${reference} was told and never existed`);
  }
  for (const [reference, seen] of stage.seen) {
    const told = last.get(reference);
    const words = told === undefined ? 'nothing' : told.event === 'gone' ? 'gone' : `${told.status}`;
    const right = truths(stage, seen, words, isWhole);
    if (!right.includes(words)) complaints.push(`${reference} is ${right.join(' or ')}, and ${words} was told last`);
  }
  return complaints;
}

/** What may have been told last. */
function truths(stage: Stage, { vendor, id }: Seen, told: string, isWhole: boolean): readonly string[] {
  const { sandbox } = stage.place;
  if (vendor === 'threatlocker') {
    const raw = sandbox.raw(vendor, id);
    return raw === undefined ? withdrawn(told) : [THREATLOCKER[raw.statusId] ?? 'unknown'];
  }
  const raw = sandbox.raw(vendor, id);
  // Only the day's reading of everything finds what no list of changes tells.
  if (raw === undefined) return isWhole ? withdrawn(told) : [...withdrawn(told), 'pending', 'quarantined'];
  const status = ADMIN_BY_REQUEST[raw.statusCode] ?? 'unknown';
  const age = Date.now() + stage.ahead() - (raw.decidedAt ?? raw.requestedAt);
  if (age < 14 * DAY || status === 'denied' || status === 'quarantined') return [status];
  // An approval that nobody used; what becomes of approvals is not followed.
  if (status === 'approved') return ['approved', 'expired'];
  return isWhole ? ['expired'] : ['expired', 'pending'];
}

/** Taken away before anybody looked, or after it was told as decided: then nobody has to say that it is gone. */
function withdrawn(told: string): readonly string[] {
  return ['nothing', 'approved', 'denied', 'expired'].includes(told) ? [told] : ['gone'];
}
