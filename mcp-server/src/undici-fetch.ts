import tls from 'node:tls';
import type { Fetch } from '@countersign/shared/http';
import { type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';

/**
 * undici's fetch through the proxy that the environment names, trusting the system's certificate authorities beside
 * Node's own, because companies that inspect TLS put theirs there.
 */
export function createFetch(): Fetch {
  const ca = [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  // The sandbox is on this computer, where no proxy could reach it.
  const besides = process.env['no_proxy'] ?? process.env['NO_PROXY'];
  const noProxy = [...(besides ? [besides] : []), '127.0.0.1', 'localhost', '[::1]'].join(',');
  const agent = new EnvHttpProxyAgent({
    noProxy,
    connect: { ca },
    requestTls: { ca },
    proxyTls: { ca },
    keepAliveTimeout: 30_000,
  });
  return async (url, init) => {
    const options = { ...init, dispatcher: agent.compose(onlyOnce()) } as Parameters<typeof fetch>[1];
    // undici's Response and the global one are the same interface, declared twice.
    return (await fetch(url, options)) as unknown as Response;
  };
}

/**
 * Lets one call through. The Fetch standard has a call sent again by itself after HTTP 421, but a write must never be, and
 * a read is repeated by whoever asked for it.
 */
function onlyOnce(): Dispatcher.DispatcherComposeInterceptor {
  let used = false;
  return (dispatch) => (options, handler) => {
    if (used) throw new Error('This call was sent already and is not sent again.');
    used = true;
    return dispatch(options, handler);
  };
}
