export { assignedName, filterText, isFiltering, NO_FILTER, type PendingFilter } from './filter.ts';
export { createPendingTree, type PendingTree } from './tree.ts';
