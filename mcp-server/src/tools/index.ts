import { approveRequest } from './approve-request.ts';
import { checkMatchingApps } from './check-matching-apps.ts';
import { denyRequest } from './deny-request.ts';
import { getDecision } from './get-decision.ts';
import { getHistory } from './get-history.ts';
import { getPermitOptions } from './get-permit-options.ts';
import { getRequest } from './get-request.ts';
import { getResearch } from './get-research.ts';
import { listAccounts } from './list-accounts.ts';
import { listDecisions } from './list-decisions.ts';
import { listPending } from './list-pending.ts';
import { takeOwnership } from './take-ownership.ts';

/** In the order in which clients list them. */
export const TOOLS = [
  listAccounts,
  listPending,
  getRequest,
  checkMatchingApps,
  getResearch,
  getPermitOptions,
  getHistory,
  approveRequest,
  denyRequest,
  takeOwnership,
  getDecision,
  listDecisions,
] as const;
