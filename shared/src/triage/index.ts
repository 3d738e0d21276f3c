export { CATALOGUE } from './catalogue.ts';
export type { EarlierSummary, TriageContext } from './context.ts';
export { findingText } from './finding-text.ts';
export { findingsOf, gravest } from './findings.ts';
export { isApprover, requesterAs } from './rules/person.ts';
