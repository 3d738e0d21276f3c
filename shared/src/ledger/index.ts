export type { Channel, DecisionPhase, DecisionRecord, Ledger, OpenResult, Proposer, TargetOutcome } from './ledger.ts';
export { createMemoryLedger } from './memory-ledger.ts';
export { overallStatus } from './overall.ts';
