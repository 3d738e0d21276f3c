import { isJsonArray, type JsonValue } from '../../approval/index.ts';
import { bodyOf, type VendorClient, VendorError } from '../../http/index.ts';
import { saidIn } from './judge.ts';

/** Reads of the vendor's API, parsed. */
export interface Api {
  /** @throws VendorError */
  value(path: string, signal?: AbortSignal): Promise<JsonValue>;
  /** A list, which the vendor sends as a bare array; anything else is no list, an empty body included. @throws VendorError */
  rows(path: string, signal?: AbortSignal): Promise<readonly JsonValue[]>;
}

export function createApi(client: VendorClient): Api {
  async function value(path: string, signal?: AbortSignal): Promise<JsonValue> {
    const reply = await client.read({ method: 'GET', path, signal });
    const body = bodyOf(reply);
    switch (body.format) {
      case 'json':
        return body.value;
      case 'html':
        throw malformed(
          'answered with a web page instead of data. A proxy or a login page may stand in between: check the network.',
        );
      case 'empty':
        throw malformed('answered with nothing where data was due. If it stays so, look in its portal.');
      case 'text':
        throw malformed(
          'answered with something that is no JSON, or with half of it. If it stays so, a proxy may have changed it.',
        );
    }
  }
  return {
    value,
    rows: async (path, signal) => {
      const list = await value(path, signal);
      if (isJsonArray(list)) return list;
      const said = saidIn({ status: 200, headers: new Headers(), text: JSON.stringify(list) });
      throw malformed(
        `answered with something else than a list.${said === null ? '' : ` It says: "${said}".`} Try again; if it stays so, the API has changed.`,
      );
    },
  };
}

export function malformed(what: string): VendorError {
  return new VendorError('malformed', `Admin By Request ${what}`, { status: 200 });
}
