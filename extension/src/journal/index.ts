export { createJournalCommands } from './commands.ts';
export { type DecisionNode, decisionIn } from './decision-node.ts';
