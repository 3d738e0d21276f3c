export type { EarlierSummary, TriageContext } from './context.ts';
export { findingsOf, gravest } from './findings.ts';
