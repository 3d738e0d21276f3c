import tls from 'node:tls';
import type { Fetch } from '@countersign/shared/http';
import { EnvHttpProxyAgent, fetch } from 'undici';

/**
 * undici's fetch through the proxy that the environment names, trusting the system's certificate authorities beside
 * Node's own, because companies that inspect TLS put theirs there.
 */
export function createFetch(): Fetch {
  const ca = [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  // The sandbox is on this computer, where no proxy could reach it.
  const besides = process.env['no_proxy'] ?? process.env['NO_PROXY'];
  const noProxy = [...(besides ? [besides] : []), '127.0.0.1', 'localhost', '[::1]'].join(',');
  const dispatcher = new EnvHttpProxyAgent({
    noProxy,
    connect: { ca },
    requestTls: { ca },
    proxyTls: { ca },
    keepAliveTimeout: 30_000,
  });
  // undici's Response and the global one are the same interface, declared twice.
  return async (url, init) =>
    (await fetch(url, { ...init, dispatcher } as Parameters<typeof fetch>[1])) as unknown as Response;
}
