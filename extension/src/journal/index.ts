export { createJournalCommands } from './commands.ts';
export type { DecisionNode } from './decision-node.ts';
