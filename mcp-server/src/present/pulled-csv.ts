import { asCsv } from './csv.ts';
import type { FindingView } from './findings.ts';
import { findingsLine } from './findings.ts';

/** What of a line's JSON stands in a row; a request that is gone has its first members alone. */
interface Line {
  readonly seq: number;
  readonly request: string;
  readonly event: string;
  readonly at: string;
  readonly account: string;
  readonly provider: string;
  readonly kind?: string;
  readonly status?: string;
  readonly requestedAt?: string | null;
  readonly requestedAtZone?: string;
  readonly organization?: string | null;
  readonly computer?: string | null;
  readonly requester?: string | null;
  readonly requesterName?: string;
  readonly assignee?: string;
  readonly subject?: Readonly<Record<string, string | null | undefined>>;
  readonly reason?: string | null;
  readonly policy?: string | null;
  readonly traceNo?: string | null;
  readonly links?: readonly { readonly label: string; readonly url: string }[];
  readonly findings?: readonly FindingView[];
  readonly contact?: Readonly<Record<string, string | null>>;
  readonly decided?: Readonly<Record<string, string | null>> | null;
}

const COLUMNS: Readonly<Record<string, (line: Line) => unknown>> = {
  seq: ({ seq }) => seq,
  request: ({ request }) => request,
  event: ({ event }) => event,
  at: ({ at }) => at,
  account: ({ account }) => account,
  provider: ({ provider }) => provider,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  requestedAt: ({ requestedAt }) => requestedAt,
  requestedAtZone: ({ requestedAtZone }) => requestedAtZone,
  organization: ({ organization }) => organization,
  computer: ({ computer }) => computer,
  requester: ({ requester }) => requester,
  requesterName: ({ requesterName }) => requesterName,
  assignee: ({ assignee }) => assignee,
  file: ({ subject }) => subject?.['name'],
  path: ({ subject }) => subject?.['path'],
  product: ({ subject }) => subject?.['product'],
  vendor: ({ subject }) => subject?.['vendor'],
  version: ({ subject }) => subject?.['version'],
  sha256: ({ subject }) => subject?.['sha256'],
  signedBy: ({ subject }) => subject?.['signedBy'],
  scan: ({ subject }) => subject?.['scan'],
  // A record in one line, for whoever reads a file by lines.
  reason: ({ reason }) => reason?.replaceAll(/\n+/g, ' '),
  policy: ({ policy }) => policy,
  traceNo: ({ traceNo }) => traceNo,
  links: ({ links }) => links?.map(({ label, url }) => `${label}: ${url}`).join(', '),
  findings: ({ findings }) => findings && findingsLine(findings),
  email: ({ contact }) => contact?.['email'],
  phone: ({ contact }) => contact?.['phone'],
  decidedBy: ({ decided }) => decided?.['by'],
  decidedAt: ({ decided }) => decided?.['at'],
  decidedReason: ({ decided }) => decided?.['reason'],
};

export const CSV_HEADER = asCsv([Object.keys(COLUMNS)]);

/** Lines of JSON, each with its number, as records of RFC 4180. */
export function pulledCsv(lines: readonly string[]): string {
  return asCsv(
    lines.map((text) => {
      // Our own, from the outbox.
      const line = JSON.parse(text) as Line;
      return Object.values(COLUMNS).map((cell) => cell(line) ?? '');
    }),
  );
}
