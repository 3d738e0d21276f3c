export { createQueue } from './create-queue.ts';
export type { QueueState, QueueStore, SourceNow } from './store.ts';
