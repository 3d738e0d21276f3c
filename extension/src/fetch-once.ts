/**
 * The editor's own fetch, as it is at the time of the call: it goes through the person's proxy and trusts their certificates.
 *
 * The Fetch standard has a call sent again by itself after HTTP 421, and Node does so; a write must never be. A body that can
 * be read once alone keeps it back (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). Given its length, it
 * leaves as any other.
 */
export async function fetchOnce(url: string, init: RequestInit): Promise<Response> {
  if (init.method === undefined || init.method === 'GET') return await globalThis.fetch(url, init);
  const bytes = new TextEncoder().encode(typeof init.body === 'string' ? init.body : '');
  const body = new ReadableStream({
    start: (controller) => {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  const headers = new Headers(init.headers);
  headers.set('content-length', String(bytes.length));
  return await globalThis.fetch(url, { ...init, headers, body, duplex: 'half' });
}
