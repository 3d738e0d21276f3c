export { createThreatLockerProvider, type ThreatLockerOptions } from './threatlocker.ts';
