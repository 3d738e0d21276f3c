import type { RecordedCall, Vendor } from './record.ts';

/** Which calls a fault strikes; every condition that is given must hold. */
export interface FaultMatch {
  readonly vendor?: Vendor;
  readonly method?: string;
  /** A string must be contained in the path; an expression must match it. */
  readonly path?: string | RegExp;
  readonly where?: (call: RecordedCall) => boolean;
}

/**
 * `latency` delays and `meanwhile` runs something just before the server handles the call; both let other faults and
 * the true answer follow. Every other one replaces or damages the answer. Those that replace it strike before the
 * effect unless `applied` is true; those that damage it strike after.
 */
export type FaultAction =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'meanwhile'; readonly run: () => void }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Text is sent as it is, anything else as JSON. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly applied?: boolean;
    }
  | { readonly kind: 'resetBeforeEffect' }
  | { readonly kind: 'resetAfterEffect' }
  /** The true answer, complete as HTTP, with the second half of its JSON missing. */
  | { readonly kind: 'truncatedJson' }
  | { readonly kind: 'malformedJson' }
  | { readonly kind: 'emptyBody' }
  /** `bytes` of one JSON string, streamed without a content-length. */
  | { readonly kind: 'hugeBody'; readonly bytes: number }
  /** A gateway's page; status 502 unless said otherwise. */
  | { readonly kind: 'htmlPage'; readonly status?: number; readonly applied?: boolean }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  /** Never answers; ends when the client gives up or the sandbox closes. */
  | { readonly kind: 'hang'; readonly applied?: boolean };

export interface Fault {
  readonly when?: FaultMatch;
  /** Matching calls to let pass first; 0 by default. */
  readonly after?: number;
  /** How often it strikes; always, by default. */
  readonly times?: number;
  readonly do: FaultAction;
}

export interface Faults {
  /** Answers a function that takes this fault away again. */
  add(fault: Fault): () => void;
  clear(): void;
}

interface Ordered {
  readonly fault: Fault;
  seen: number;
}

export interface FaultBoard extends Faults {
  /** The actions that strike this call, in the order in which they were added; each strike is counted. */
  strike(call: RecordedCall): readonly FaultAction[];
}

export function faultBoard(): FaultBoard {
  let ordered: Ordered[] = [];
  return {
    add(fault) {
      const entry: Ordered = { fault, seen: 0 };
      ordered.push(entry);
      return () => {
        ordered = ordered.filter((other) => other !== entry);
      };
    },
    clear() {
      ordered = [];
    },
    strike(call) {
      const actions: FaultAction[] = [];
      for (const entry of ordered) {
        if (!matches(entry.fault.when, call)) continue;
        entry.seen += 1;
        const strikes = entry.seen - (entry.fault.after ?? 0);
        if (strikes >= 1 && strikes <= (entry.fault.times ?? Number.POSITIVE_INFINITY)) actions.push(entry.fault.do);
      }
      return actions;
    },
  };
}

function matches(when: FaultMatch | undefined, call: RecordedCall): boolean {
  if (when === undefined) return true;
  if (when.vendor !== undefined && when.vendor !== call.vendor) return false;
  if (when.method !== undefined && when.method.toUpperCase() !== call.method) return false;
  if (typeof when.path === 'string' && !call.path.includes(when.path)) return false;
  if (when.path instanceof RegExp && call.path.search(when.path) === -1) return false;
  return when.where === undefined || when.where(call);
}
