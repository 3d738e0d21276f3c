export type { JournalFlaw, JournalHead, JournalRow } from './journal.ts';
export type {
  Channel,
  DecisionPhase,
  DecisionRecord,
  Ledger,
  OpenResult,
  Proposer,
  TargetOutcome,
  Unfinished,
} from './ledger.ts';
export { LedgerError, type LedgerErrorKind } from './ledger-error.ts';
export { overallStatus } from './overall.ts';
export { type OpenLedger, openLedger } from './sqlite/sqlite-ledger.ts';
export { ledgerFile, type Sqlite, type StoreOptions } from './sqlite/store.ts';
