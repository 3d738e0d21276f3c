export { chooseChannel, type Route } from './channel.ts';
export { despiteText } from './confirm-text.ts';
export { aborted, createDecisions, type Decisions, type DecisionsOptions } from './decisions.ts';
export { refusedEverywhere, stopsIn } from './findings.ts';
export type { PersonsAnswer } from './judge.ts';
export type { DecisionOrder, PlannedDecision, Planning } from './plan-decision.ts';
export { type PlanFacts, planFactsOf, planFindings, planHeading } from './plan-words.ts';
export { awaiting, type DecisionResult, type TargetChoice } from './result.ts';
export type { Review } from './review.ts';
