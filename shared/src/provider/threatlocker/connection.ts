import { isJsonArray, type JsonValue } from '../../approval/index.ts';
import { bodyOf, type VendorCall, type VendorClient, VendorError, type VendorReply } from '../../http/index.ts';

/** What may differ between calls to one account. */
export interface Ask {
  /** The organization that the call acts on; `null`: the token's own. */
  readonly organization: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly retries?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  /** `null` for the empty body and the JSON `null` that both mean "no rows" (seen live). */
  readonly body: JsonValue | null;
  readonly headers: Headers;
}

/** ThreatLocker's PortalAPI as paths below `/portalapi/`, without its meanings. */
export interface Connection {
  get(path: string, query: Readonly<Record<string, string | number | boolean>>, ask: Ask): Promise<Answer>;
  post(path: string, body: JsonValue, ask: Ask): Promise<Answer>;
}

export function createConnection(client: VendorClient): Connection {
  const read = async (call: VendorCall, ask: Ask): Promise<Answer> =>
    answerOf(
      await client.read({
        ...call,
        headers: { ...organizationHeader(ask.organization), ...ask.headers },
        ...(ask.signal ? { signal: ask.signal } : {}),
        ...(ask.retries === undefined ? {} : { retries: ask.retries }),
      }),
    );
  return {
    get: (path, query, ask) => {
      const search = new URLSearchParams(
        Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)])),
      ).toString();
      return read({ method: 'GET', path: `/portalapi/${path}${search ? `?${search}` : ''}` }, ask);
    },
    // ThreatLocker asks many of its questions by POST; these change nothing and may be repeated.
    post: (path, body, ask) => read({ method: 'POST', path: `/portalapi/${path}`, body: JSON.stringify(body) }, ask),
  };
}

/** Left out for the token's own organization, as the vendor's article shows for calls that need no other. */
export function organizationHeader(organization: string | null): Readonly<Record<string, string>> {
  return organization === null ? {} : { managedOrganizationId: organization };
}

function answerOf(reply: VendorReply): Answer {
  const body = bodyOf(reply);
  switch (body.format) {
    case 'empty':
      return { body: null, headers: reply.headers };
    case 'json':
      return { body: body.value, headers: reply.headers };
    case 'html':
      throw new VendorError(
        'malformed',
        'A web page came back instead of data. Check the instance in the accounts file, and whether a proxy or a login page stands between.',
        { status: reply.status },
      );
    case 'text':
      throw new VendorError(
        'malformed',
        'ThreatLocker answered with something that is not JSON, or only half of it. If it stays so, a proxy may have changed it.',
        {
          status: reply.status,
        },
      );
    default:
      return body satisfies never;
  }
}

/** The rows of a list. Anything but a list, nothing or `null` is an error, never an empty list. */
export function rowsOf(answer: Answer, what: string): readonly JsonValue[] {
  if (answer.body === null) return [];
  if (isJsonArray(answer.body)) return answer.body;
  throw new VendorError(
    'malformed',
    `ThreatLocker's answer holds no list of ${what}. Try again; if it stays so, its API has changed.`,
  );
}
