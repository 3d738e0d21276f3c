import type { ScanResult } from '../../approval/index.ts';
import { anything, type Read, record, records, shownCode, text } from './fields.ts';

const RESULT = { scanresult: text, scanresultcode: anything, threat: text };
const engineRows = records({ ...RESULT, engine: text });
const applicationScan = record({ ...RESULT, file: text, sha256: text });

type Result = Pick<Read<typeof applicationScan>, 'scanresult' | 'scanresultcode' | 'threat'>;

/**
 * The overall result with the engines behind it. Code 0 alone says nothing: an admin session has it beside an
 * application whose every field is null. "Clean" takes the code, the word, something that was scanned, and no word
 * against it; an alarm from either the code or the word is an alarm.
 */
export function scanOf(application: unknown, scanResults: unknown): ScanResult {
  const overall = applicationScan.parse(application);
  const rows = engineRows.parse(scanResults);
  const engines = rows.map((row) => ({
    engine: row.engine ?? 'unnamed engine',
    verdict: wordFor(row),
    threat: row.threat,
  }));
  const alarms = rows.some((row) => row.threat !== null || isMalicious(row) || isSuspicious(row));
  const isSomething = overall.file !== null || /^[\da-f]{64}$/i.test(overall.sha256 ?? '');
  return { verdict: verdictOf(overall, alarms, isSomething), threat: overall.threat, engines };
}

function verdictOf(overall: Result, alarms: boolean, isSomething: boolean): ScanResult['verdict'] {
  if (isMalicious(overall)) return 'malicious';
  if (isSuspicious(overall)) return 'suspicious';
  if (alarms || overall.threat !== null) return 'unknown';
  if (saysClean(overall)) return isSomething ? 'clean' : 'unknown';
  const isSilent = overall.scanresult === null && (overall.scanresultcode ?? 0) === 0;
  return isSilent ? 'not-scanned' : 'unknown';
}

function wordFor(row: Result): string {
  if (isMalicious(row)) return 'malicious';
  if (isSuspicious(row)) return 'suspicious';
  if (saysClean(row) && row.threat === null) return 'clean';
  return row.scanresult === null ? `unknown (${shownCode(row.scanresultcode) || 'no result'})` : 'unknown';
}

const says = (row: Result, word: string) => row.scanresult?.trim().toLowerCase() === word;
const isMalicious = (row: Result) => row.scanresultcode === 1 || says(row, 'malicious');
const isSuspicious = (row: Result) => row.scanresultcode === 2 || says(row, 'suspicious');
const saysClean = (row: Result) => row.scanresultcode === 0 && says(row, 'clean');
