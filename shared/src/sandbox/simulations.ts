import type { Drafts, StoredRequests } from './options.ts';
import type { Vendor } from './record.ts';
import type { Simulation } from './simulation.ts';

export type Simulations = { readonly [V in Vendor]: Simulation<StoredRequests[V], Drafts[V]> };
