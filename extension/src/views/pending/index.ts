export { assignedName, filterText, isFiltering, NO_FILTER, type PendingFilter } from './filter.ts';
export { createPendingTree, type PendingTree, type PendingTreeOptions } from './tree.ts';
