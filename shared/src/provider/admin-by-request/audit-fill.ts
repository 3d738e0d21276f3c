import type { PulledSoFar, PullPart } from '../provider.ts';
import { malformed } from './api.ts';
import { PAGE, pagesFrom } from './pages.ts';
import { query } from './paths.ts';
import type { PullQuestion } from './pull-question.ts';
import { pulledFrom } from './request.ts';

/** What was asked for this long before may have been decided since. */
const DAYS_BEFORE = 15;

/**
 * What the list of requests has dropped, from the audit log. It also holds what ran without being asked for: of what was
 * approved, only what its filter calls a request counts (the vendor's page on its audit log API), and what was told as one.
 */
export async function* fillFromAuditLog(
  { api, account, signal }: PullQuestion,
  soFar: PulledSoFar,
  days: number,
): AsyncGenerator<PullPart> {
  for (const status of ['approved', undefined] as const) {
    const pages = pagesFrom(null, (startid) =>
      api.rows(`/auditlog${query({ status, days: days + DAYS_BEFORE, take: PAGE, startid })}`, signal),
    );
    for (;;) {
      const { value, done } = await pages.next();
      if (done) {
        if (!value) throw malformed('does not come to the end of its audit log. Try again.');
        break;
      }
      const logged = pulledFrom(account, value.rows);
      const told = await soFar.toldOf(logged.map(({ id }) => id));
      const requests =
        status === undefined ? logged.filter(({ id, read }) => told.has(id) || read().status !== 'approved') : logged;
      yield { requests, gone: [], notes: [] };
    }
  }
}
