import { ATTACK } from './attack-tools.ts';
import type { TriageCase } from './case.ts';
import { DELIVERY } from './delivery.ts';
import { HARD_ORDINARY } from './hard-ordinary.ts';
import { MAC_LINUX } from './mac-linux.ts';
import { MASQUERADE } from './masquerade.ts';
import { NEAR_MISSES } from './near-misses.ts';
import { NETWORK_AND_PASSWORD } from './network-and-password.ts';
import { ORDINARY_MAC_LINUX } from './ordinary-mac-linux.ts';
import { ORDINARY_WINDOWS } from './ordinary-windows.ts';
import { REMOTE_ACCESS } from './remote-access.ts';
import { SPOKEN } from './spoken.ts';
import { STATE } from './state.ts';
import { SYSTEM } from './system-programs.ts';
import { WORDS } from './words.ts';

export type { TriageCase } from './case.ts';

export const ALL_CASES: readonly TriageCase[] = [
  ...MASQUERADE,
  ...ATTACK,
  ...REMOTE_ACCESS,
  ...NETWORK_AND_PASSWORD,
  ...SYSTEM,
  ...DELIVERY,
  ...WORDS,
  ...STATE,
  ...ORDINARY_WINDOWS,
  ...ORDINARY_MAC_LINUX,
  ...NEAR_MISSES,
  ...MAC_LINUX,
  ...SPOKEN,
  ...HARD_ORDINARY,
];
