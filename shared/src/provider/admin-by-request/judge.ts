import type { AdminByRequestAccount } from '../../account/index.ts';
import { isJsonObject } from '../../approval/index.ts';
import { bodyOf, VendorError, type VendorReply } from '../../http/index.ts';
import { cleanLine } from '../../text/index.ts';

/** Characters of a success that could still be an error's sentence; a queue isn't parsed for one. */
const LONGEST_MESSAGE = 2_000;

type Account = Pick<AdminByRequestAccount, 'id' | 'dataCenter'>;

/** The vendor's error in an answer, or `null` for a success. */
export function createJudge(account: Account): (reply: VendorReply) => VendorError | null {
  return (reply) => {
    const isSuccess = reply.status >= 200 && reply.status <= 299;
    if (isSuccess && reply.text.length > LONGEST_MESSAGE) return null;
    const said = saidIn(reply);
    // The status beside these words isn't documented, and clients that never look at it get by (the unofficial Python SDK).
    if (/invalid api ?key/i.test(said ?? '')) return wrongKey(account, 'Admin By Request does not know the API key.');
    if (isSuccess) return null;
    return judgeStatus(account, reply.status, said === null ? '' : ` It says: "${said}".`);
  };
}

function judgeStatus(account: Account, status: number, quote: string): VendorError {
  if (status === 401 || status === 403)
    return wrongKey(account, `Admin By Request refused the API key (${status}).${quote}`);
  if (status === 404) {
    return new VendorError(
      'not-found',
      `Admin By Request knows nothing under this id or name (404).${quote} It may have dropped out of the list, which happens after two weeks; look in the portal.`,
    );
  }
  if (status === 408) {
    return new VendorError(
      'time-out',
      `Admin By Request gave up waiting for the call (408).${quote} If it stays so, check the vendor's status page.`,
    );
  }
  if (status === 429) {
    return new VendorError(
      'rate-limited',
      `Admin By Request takes no more calls for now (429).${quote} Wait; its quota of 100,000 calls a day is shared by everything that uses the tenant's API.`,
    );
  }
  if (status >= 400 && status <= 499) {
    return new VendorError(
      'validation',
      `Admin By Request refused the call (${status}).${quote} Nothing was done; report this with the sentence above if it stays so.`,
    );
  }
  // A key gets a plain 500 from the data centres that it doesn't belong to, as seen on a live tenant.
  return new VendorError(
    'server',
    `Admin By Request failed to answer (${status}).${quote} It also answers like this to a key of another data centre: check that the data centre of account "${account.id}" is ${account.dataCenter}; if it is, the failure is the vendor's.`,
  );
}

function wrongKey(account: Account, what: string): VendorError {
  return new VendorError(
    'auth',
    `${what} Check key AND data centre of account "${account.id}" (${account.dataCenter}): both stand in the portal under Settings > Tenant Settings > Data > API Keys.`,
  );
}

/** The vendor's own words: `{"Message": …}` in any case, a JSON string, or plain text; never a web page. */
export function saidIn(reply: VendorReply): string | null {
  const body = bodyOf(reply);
  if (body.format === 'text') return cleanLine(reply.text) || null;
  if (body.format !== 'json') return null;
  if (typeof body.value === 'string') return cleanLine(body.value) || null;
  if (!isJsonObject(body.value)) return null;
  const message = Object.entries(body.value).find(([key]) => key.toLowerCase() === 'message')?.[1];
  return typeof message === 'string' ? cleanLine(message) || null : null;
}
