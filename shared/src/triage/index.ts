export { CATALOGUE } from './catalogue.ts';
export type { EarlierSummary, TriageContext } from './context.ts';
export { findingsOf, gravest } from './findings.ts';
export { type Proposal, type Suggestion, suggestionFor } from './suggestion.ts';
