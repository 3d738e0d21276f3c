export { reachOfOptions } from './permit/reach-of-options.ts';
export { createThreatLockerProvider } from './threatlocker.ts';
