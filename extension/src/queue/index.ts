export type { QueueState, QueueStore, SourceNow } from './store.ts';
