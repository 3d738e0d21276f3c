import { parseSettings } from '@countersign/shared/account';
import type { ApprovalRequest, RequestReference, VendorId } from '@countersign/shared/approval';
import { createQueueTriage, groupRequests } from '@countersign/shared/queue';
import { ALL_CASES } from '../shared/triage/cases/index.ts';
import { requestOf } from '../shared/triage/request.ts';

const REQUESTS = 20_000;
const CHANGED = 10;
const MB = 1024 * 1024;

const settings = parseSettings(
  JSON.stringify({ accounts: [{ id: 'acme', provider: 'threatlocker', instance: 'g', apiToken: { env: 'TOKEN' } }] }),
  'accounts.json',
);
const now = Date.UTC(2026, 10, 21, 12);

/** Each with texts of its own, so that nothing is looked up twice. */
function request(index: number, reading: number): ApprovalRequest {
  const given = ALL_CASES[index % ALL_CASES.length];
  if (!given) throw new Error('no cases');
  const made = requestOf(given);
  return {
    ...made,
    reference: `acme/${index}` as RequestReference,
    vendorId: String(index) as VendorId,
    reason: `${made.reason ?? ''} ${index < CHANGED ? `${index}.${reading}` : index}`,
    requester: { ...made.requester, account: `CONTOSO\\user-${index % 4000}` },
    subject: { ...made.subject, sha256: (index % 15_000).toString(16).padStart(64, '0') },
  };
}

const queueAt = (reading: number) => Array.from({ length: REQUESTS }, (_none, index) => request(index, reading));
const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const triage = createQueueTriage();
const bare = process.memoryUsage().rss / MB;
const first = queueAt(1);
global.gc?.();
const queued = process.memoryUsage().rss / MB;
const whole = timed(() => {
  const findings = triage.findings(first, { now, settings });
  groupRequests(first, 'severity', { now, findings });
  groupRequests(first, 'file', { now, findings });
});
const looked = triage.looked;
const inAll = process.memoryUsage().rss / MB;
const second = queueAt(2);
const refresh = timed(() => {
  const findings = triage.findings(second, { now, settings });
  for (const { reference } of second) findings(reference);
});
const both = process.memoryUsage().rss / MB;
const peer = timed(() => JSON.stringify(second));

process.stdout.write(`Findings and groups of ${looked} requests
  ${whole.toFixed(0)} ms (goal: under 1000 ms)
  ${inAll.toFixed(0)} MB in all (goal: under 300 MB); ${bare.toFixed(0)} MB before there is a queue, ${queued.toFixed(0)} MB with it alone
A refresh that changes ${CHANGED} of them
  ${triage.looked} looked at, ${refresh.toFixed(0)} ms; to write the queue as JSON alone takes ${peer.toFixed(0)} ms
  ${both.toFixed(0)} MB with both readings
`);
