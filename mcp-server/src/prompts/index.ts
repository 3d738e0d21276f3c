import { reviewRequest } from './review-request.ts';
import { triageQueue } from './triage-queue.ts';

/** In the order in which clients list them. */
export const PROMPTS = [triageQueue, reviewRequest] as const;
