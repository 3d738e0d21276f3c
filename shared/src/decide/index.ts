export { createDecisions, type Decisions, type DecisionsOptions, type PersonsAnswer } from './decisions.ts';
export type { DecisionOrder, PlannedDecision, Planning } from './plan-decision.ts';
export type { DecisionResult, TargetChoice } from './result.ts';
