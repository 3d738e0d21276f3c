export { createQueue } from './create-queue.ts';
export type { QueueState, QueueStore } from './store.ts';
