import { isJsonObject } from '../../approval/index.ts';
import { bodyOf, VendorError, type VendorReply } from '../../http/index.ts';
import { cleanLine } from '../../text/index.ts';

/** What ThreatLocker's errors mean: the codes were seen live by other clients, its documents name none. */
export function judge(reply: VendorReply, instance: string): VendorError | null {
  if (reply.status >= 200 && reply.status < 300) return null;
  const { message, error } = errorTexts(reply);
  const says = message ? ` ThreatLocker says: "${cleanLine(message, 200)}".` : '';
  // 440 for every bad token; 401 and 403 with TOKEN_REVOKED were reported too.
  if (reply.status === 440 || error === 'TOKEN_REVOKED' || (reply.status === 401 && !/permission/i.test(message))) {
    return new VendorError(
      'auth',
      `ThreatLocker refused the API token. Check that it is complete and without "Bearer", that it was made on instance "${instance}" (Help menu, Organization Instance), and that it was neither revoked nor left unused past its expiration.${says}`,
    );
  }
  // An empty permission name is no matter of permissions but of a body that the server did not accept.
  if (reply.status === 401 && /missing the '' permission/i.test(message)) {
    return new VendorError(
      'validation',
      `ThreatLocker refused the request's shape. A built-in application needs the scope "organization"; otherwise decide this one in the portal.${says}`,
    );
  }
  if (reply.status === 401 || reply.status === 403) {
    return new VendorError(
      'permission',
      `The API user's role doesn't allow this. Give it the missing permission for this organization, or use another account.${says}`,
    );
  }
  if (reply.status === 404) {
    return new VendorError(
      'not-found',
      `ThreatLocker knows no such address or record on instance "${instance}".${says}`,
    );
  }
  if (reply.status === 400 && /already actioned/i.test(message)) {
    return new VendorError('already-handled', `Somebody else has decided this request already.${says}`);
  }
  if (reply.status === 429) {
    return new VendorError('rate-limited', 'ThreatLocker asks for fewer calls. Wait a minute, then try again.');
  }
  if (reply.status === 400 || reply.status === 417) {
    return new VendorError('validation', `ThreatLocker refused the call as it stands.${says}`);
  }
  if (reply.status >= 500) {
    return new VendorError(
      'server',
      `ThreatLocker failed (HTTP ${reply.status}). If it stays so for minutes, look at threatlockerstatus.com.${says}`,
    );
  }
  return new VendorError(
    'malformed',
    `ThreatLocker gave an answer that its API doesn't promise (HTTP ${reply.status}).${says}`,
  );
}

/** The casing of error bodies varies: `message`/`error` for tokens, `Message`/`StatusCode`/`LoggerId` for failures. */
function errorTexts(reply: VendorReply): { readonly message: string; readonly error: string } {
  const body = bodyOf(reply);
  if (body.format === 'text') return { message: reply.text, error: '' };
  if (body.format !== 'json') return { message: '', error: '' };
  if (typeof body.value === 'string') return { message: body.value, error: '' };
  if (!isJsonObject(body.value)) return { message: '', error: '' };
  const members = new Map(Object.entries(body.value).map(([key, value]) => [key.toLowerCase(), value]));
  const read = (key: string) => {
    const value = members.get(key);
    return typeof value === 'string' ? value : '';
  };
  return { message: read('message') || read('title'), error: read('error') };
}
