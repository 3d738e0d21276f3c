import { isJsonArray, isJsonObject, type JsonValue } from '../../approval/index.ts';
import { integerText } from '../../http/index.ts';
import type { HistoryEntry } from '../provider.ts';
import { type Api, malformed } from './api.ts';
import { auditEntry } from './audit-log.ts';
import { anything, record } from './fields.ts';
import { query } from './paths.ts';

export interface AuditDelta {
  readonly entries: readonly HistoryEntry[];
  /** What to ask with the next time: .NET ticks beyond 2^53, hence text. */
  readonly timeNow: string;
}

/** Changes as the vendor's rows. */
export interface ChangedRows {
  readonly rows: readonly JsonValue[];
  readonly timeNow: string;
}

const deltaRecord = record({ entries: anything, timenow: anything });

/** What changed in the audit log since `deltaTime`, an earlier answer's `timeNow`; without it, where to start from. */
export async function auditDelta(api: Api, deltaTime?: string, signal?: AbortSignal): Promise<AuditDelta> {
  const { rows, timeNow } = await changedRows(api, { deltaTime }, signal);
  return { entries: rows.map((row) => auditEntry(row).entry), timeNow };
}

/** One page of them, from `startid` on. @param question `days`: how old they may be, 30 by the vendor's default */
export async function changedRows(
  api: Api,
  question: {
    readonly deltaTime?: string | undefined;
    readonly startid?: string | undefined;
    readonly take?: number;
    readonly days?: number | undefined;
  },
  signal?: AbortSignal,
): Promise<ChangedRows> {
  const answer = await api.value(`/auditlog/delta${query(question)}`, signal);
  const { entries, timenow } = deltaRecord.parse(answer);
  const timeNow = typeof timenow === 'string' && /^\d+$/.test(timenow) ? timenow : integerText(timenow);
  if (!isJsonObject(answer) || !isJsonArray(entries) || timeNow === null) {
    throw malformed('answered with something else than changes of the audit log. Try again.');
  }
  return { rows: entries, timeNow };
}
