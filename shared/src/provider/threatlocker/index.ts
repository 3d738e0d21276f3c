export { createThreatLockerProvider } from './threatlocker.ts';
