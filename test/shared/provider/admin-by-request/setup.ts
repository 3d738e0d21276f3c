import { readFile } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import type { AdminByRequestAccount } from '../../../../shared/src/account/index.ts';
import {
  type AccountId,
  type DecisionId,
  parseVendorId,
  type VendorId,
} from '../../../../shared/src/approval/index.ts';
import { createAdminByRequestProvider } from '../../../../shared/src/provider/admin-by-request/index.ts';
import { type SandboxOptions, startSandbox } from '../../../../shared/src/sandbox/index.ts';
import { QUICK } from '../../http/setup.ts';

export const KEY = '495e571a621440bab5b9e8e8c24b1a55';
export const DECISION = 'AAAAAAAAAAAAAAAAAAAAAA' as DecisionId;

function accountAt(origin: string, approverEmail?: string): AdminByRequestAccount {
  return {
    id: 'acme-abr' as AccountId,
    provider: 'admin-by-request',
    label: 'acme-abr',
    dataCenter: 'dc1',
    host: new URL(origin).host,
    baseUrl: origin,
    sandbox: true,
    secret: { env: 'ACME_ABR_KEY' },
    assistants: 'propose',
    contactDetails: false,
    channels: ['terminal'],
    elicitationReach: 'computer',
    ...(approverEmail === undefined ? {} : { approverEmail }),
  };
}

type Options = Parameters<typeof createAdminByRequestProvider>[0];

export function providerAt(origin: string, approverEmail?: string, options: Partial<Options> = {}) {
  return createAdminByRequestProvider({
    account: accountAt(origin, approverEmail),
    secret: async () => KEY,
    fetch,
    userAgent: 'countersign/0.0.0-test',
    ...options,
    limits: { ...QUICK, ...options.limits },
  });
}

/** A sandbox until the test ends, and a provider of its account, in the name of a portal user. */
export async function sandboxed(sandboxOptions: SandboxOptions = {}, options: Partial<Options> = {}) {
  const sandbox = await startSandbox(sandboxOptions);
  onTestFinished(() => sandbox.close());
  const { url, apiKey, approverEmail } = sandbox.adminByRequest;
  const provider = providerAt(url, approverEmail, { secret: async () => apiKey, ...options });
  return { sandbox, provider, id: (name: string) => vendorId(sandbox.id(name)) };
}

export function vendorId(text: string): VendorId {
  const id = parseVendorId(text);
  if (id === null) throw new Error(`${text} is no vendor id`);
  return id;
}

export async function fixture(name: 'pending-requests' | 'audit-log'): Promise<string> {
  return readFile(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
}
