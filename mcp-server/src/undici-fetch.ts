import tls from 'node:tls';
import v8 from 'node:v8';
import type { Fetch } from '@countersign/shared/http';
import { type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';

/** undici's fetch through the proxy that the environment names. */
export function createFetch(): Fetch {
  readAnswersUnoptimised();
  const toSandbox = agent({});
  let toVendors: Dispatcher | null = null;
  const agentFor = (url: string): Dispatcher => {
    if (url.startsWith('http://')) return toSandbox;
    // The certificates take 30 ms and 5 MB.
    toVendors ??= agent({ ca: authorities() });
    return toVendors;
  };
  return async (url, init) => {
    const options = { ...init, dispatcher: agentFor(url).compose(onlyOnce()) } as Parameters<typeof fetch>[1];
    // undici's Response and the global one are the same interface, declared twice.
    return (await fetch(url, options)) as unknown as Response;
  };
}

/**
 * undici reads HTTP by WebAssembly, whose largest function V8 optimises after a few answers. That takes 20 MB and 50 ms,
 * and an answer is read no sooner. V8 heeds it for what is compiled from now on.
 */
function readAnswersUnoptimised(): void {
  v8.setFlagsFromString('--no-wasm-tier-up');
  v8.setFlagsFromString('--no-wasm-dynamic-tiering');
}

/** The system's beside Node's own, because companies that inspect TLS put theirs there. */
function authorities(): string[] {
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}

function agent(connect: { readonly ca?: string[] }): Dispatcher {
  // The sandbox is on this computer, where no proxy could reach it.
  const besides = process.env['no_proxy'] ?? process.env['NO_PROXY'];
  const noProxy = [...(besides ? [besides] : []), '127.0.0.1', 'localhost', '[::1]'].join(',');
  return new EnvHttpProxyAgent({ noProxy, connect, requestTls: connect, proxyTls: connect, keepAliveTimeout: 30_000 });
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
