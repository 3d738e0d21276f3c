export { exportedLine, journalLines, visible } from './export.ts';
export { headText, type JournalFlaw, type JournalHead, type JournalRow, parseHead } from './journal.ts';
export type {
  Answered,
  DecisionFilter,
  DecisionPhase,
  DecisionRecord,
  EarlierOwnDecision,
  Familiarity,
  Ledger,
  OpenResult,
  Proposer,
  SameFile,
  Snapshot,
  TargetOutcome,
  Unfinished,
} from './ledger.ts';
export { LedgerError, type LedgerErrorKind } from './ledger-error.ts';
export type { KeptPart, Offload, OutboxLines, Pull, PulledPart, ToldRequest } from './offload.ts';
export { overallStatus } from './overall.ts';
export { withLock } from './sqlite/lock.ts';
export { type OpenLedger, openLedger } from './sqlite/sqlite-ledger.ts';
export { ledgerFile, type Sqlite, type StoreOptions } from './sqlite/store.ts';
export { whyExpired } from './unanswered.ts';
