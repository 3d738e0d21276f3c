import type { AdminByRequestAccount } from '../../account/index.ts';
import { VendorError } from '../../http/index.ts';
import { cleanLine } from '../../text/index.ts';
import type { Check } from '../provider.ts';
import type { Api } from './api.ts';
import type { Quota } from './quota.ts';
import { readWhoami, type Whoami } from './whoami.ts';

/** What works for this account and, where it doesn't, why. Reads twice at most. */
export async function diagnoseAccount(
  api: Api,
  account: AdminByRequestAccount,
  quota: () => Quota,
  signal?: AbortSignal,
): Promise<readonly Check[]> {
  const reached = await reach(api, account, signal);
  return [...reached, approver(account), calls(quota())];
}

async function reach(api: Api, account: AdminByRequestAccount, signal?: AbortSignal): Promise<readonly Check[]> {
  try {
    const whoami = await readWhoami(api, signal);
    if (whoami !== null) return [keyCheck(whoami), dataCenterCheck(whoami, account)];
    await api.rows('/requests?take=1', signal);
    return [
      {
        name: 'API key',
        state: 'works',
        message: 'The key reads requests; this data centre does not say whose it is.',
      },
    ];
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return [{ name: 'API key', state: 'fails', message: error.message, error: error.kind }];
  }
}

function keyCheck({ tenantname }: Whoami): Check {
  const tenant = tenantname === null ? 'a tenant without a name' : `the tenant ${cleanLine(tenantname, 100)}`;
  return { name: 'API key', state: 'works', message: `The key belongs to ${tenant}.` };
}

function dataCenterCheck({ apiurl }: Whoami, account: AdminByRequestAccount): Check {
  const name = 'Data centre';
  const configured = account.host;
  const said = apiurl === null ? null : ((URL.parse(apiurl)?.host || URL.parse(`https://${apiurl}`)?.host) ?? null);
  if (said === null) {
    return { name, state: 'unknown', message: 'Admin By Request does not say which data centre holds the tenant.' };
  }
  return said === configured
    ? { name, state: 'works', message: `The tenant is served by ${configured}.` }
    : {
        name,
        state: 'fails',
        message: `The tenant is served by ${cleanLine(said, 100)}, but account "${account.id}" is set to ${account.dataCenter} (${configured}). Correct "dataCenter" in the accounts file.`,
      };
}

function approver({ approverEmail }: AdminByRequestAccount): Check {
  const name = 'Approver';
  return approverEmail === undefined
    ? {
        name,
        // A setting that may be left out, and an account that works without it.
        state: 'unknown',
        message:
          "No approver's e-mail address is set, so the audit log won't name anyone, and it can't be proved who decided. Set \"approverEmail\" to the address of a portal user.",
      }
    : {
        name,
        state: 'unknown',
        message: `Decisions are made in the name of ${approverEmail}. Admin By Request silently ignores an address that no portal user has; whether it took this one shows after the first decision.`,
      };
}

function calls({ used, limit }: Quota): Check {
  const message = `${used} of ${limit} calls made today (UTC) by this process; whatever else uses the tenant's API counts too.`;
  return { name: 'Quota', state: used < limit ? 'works' : 'fails', message };
}
