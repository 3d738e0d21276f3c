import { decision } from './decision.ts';
import { queue } from './queue.ts';
import { request } from './request.ts';

/** In the order in which clients list them. */
export const RESOURCES = [queue, request, decision] as const;
