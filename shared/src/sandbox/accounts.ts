import type { Sandbox } from './options.ts';

/** How a sandbox is reached: an accounts file's content, and the secrets that it refers to, which are worth nothing elsewhere. */
export interface SandboxAccounts {
  readonly file: object;
  readonly secrets: Readonly<Record<string, string>>;
}

const TOKEN = 'SANDBOX_THREATLOCKER_TOKEN';
const KEY = 'SANDBOX_ADMIN_BY_REQUEST_KEY';

export const SANDBOX_THREATLOCKER_ID = 'sandbox-tl';
const SANDBOX_ADMIN_BY_REQUEST_ID = 'sandbox-abr';

export function sandboxAccounts({ threatLocker, adminByRequest }: Sandbox): SandboxAccounts {
  return {
    file: {
      approver: { name: 'Kim Approver', email: adminByRequest.approverEmail },
      accounts: [
        {
          id: SANDBOX_THREATLOCKER_ID,
          provider: 'threatlocker',
          instance: threatLocker.instance,
          endpoint: threatLocker.url,
          apiToken: { env: TOKEN },
        },
        {
          id: SANDBOX_ADMIN_BY_REQUEST_ID,
          provider: 'admin-by-request',
          dataCenter: 'dc1',
          endpoint: adminByRequest.url,
          apiKey: { env: KEY },
        },
      ],
    },
    secrets: { [TOKEN]: threatLocker.token, [KEY]: adminByRequest.apiKey },
  };
}
