/**
 * All that calls need and lists don't, behind one door: it is loaded with the first call, so that a client has its lists
 * sooner.
 */
export { personBehind, questionCodec } from './confirm/person.ts';
export { tellerOf } from './confirm/progress.ts';
export { createRuntime } from './runtime.ts';
export { getDecision } from './tools/get-decision.ts';
export { getRequest } from './tools/get-request.ts';
export { TOOLS } from './tools/index.ts';
export { listPending } from './tools/list-pending.ts';
