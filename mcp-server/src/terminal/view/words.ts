import type { ProviderName } from '@countersign/shared/approval';

export const PROVIDER_NAMES: Readonly<Record<ProviderName, string>> = {
  threatlocker: 'ThreatLocker',
  'admin-by-request': 'Admin By Request',
};

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
