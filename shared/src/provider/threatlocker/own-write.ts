import {
  type GuardedFacts,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type PlanTarget,
} from '../../approval/index.ts';
import { bodyOf } from './write.ts';

/**
 * Whether the write is one that this provider makes for the target's own request. A plan is read from the ledger, where
 * another process may have put it: what a person is shown are the target's request and facts, and what leaves is the write.
 */
export function isOwnWrite({ request, facts, write }: PlanTarget): boolean {
  const body = bodyOf(write);
  if (body === null) return false;
  const id = request.slice(request.indexOf('/') + 1);
  switch (write.verdict) {
    case 'approve':
      return (
        isSame(objectIn(body, 'approvalRequest')['approvalRequestId'], id) &&
        objectIn(body, 'approvalRequest')['json'] === facts.vendorJson &&
        isSame(body['organizationId'], write.organizationId) &&
        isForComputer(body, facts) &&
        isOwnRule(objectIn(body, 'policyConditions'), facts) &&
        isOwnApplication(objectIn(body, 'matchingApplications'), facts) &&
        isOwnScope(objectIn(body, 'policyLevel'), facts)
      );
    case 'deny': {
      const [denied] = isJsonArray(body['approvalRequestDtos']) ? body['approvalRequestDtos'] : [];
      return isJsonObject(denied) && isSame(denied['approvalRequestId'], id);
    }
    case 'take-ownership':
      return isSame(body['approvalRequestId'], id);
    default:
      return write.verdict satisfies never;
  }
}

/** The facts name the computer where they don't know its id. */
function isForComputer(body: JsonObject, { computer }: GuardedFacts): boolean {
  const isById = computer !== null && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(computer);
  return !isById || isSame(body['computerId'], computer);
}

/** One rule at most, of which all is told, and none by the hash of another file. */
function isOwnRule(conditions: JsonObject, { vendorHash }: GuardedFacts): boolean {
  const options = conditions['manualOptions'];
  if (!isJsonArray(options) || options.length > 1 || conditions['useExistingPolicy'] !== false) return false;
  if (!isEmpty(conditions['certSubjects']) || !isEmpty(conditions['createdByProcesses'])) return false;
  const [option] = options;
  if (option === undefined) return true;
  if (!isJsonObject(option)) return false;
  if (option['hash'] === '') return true;
  const isAlone = ['fullPath', 'processPath', 'cert', 'createdBy'].every((key) => option[key] === '');
  return isAlone && (vendorHash === null || option['hash'] === vendorHash);
}

/** Exactly one of the three, and the one that was chosen. */
function isOwnApplication(body: JsonObject, { application }: GuardedFacts): boolean {
  const uses = ['useMatchingApplication', 'useExistingApplication', 'useNewApplication'].filter(
    (key) => body[key] === true,
  );
  if (uses.length !== 1) return false;
  if (uses[0] === 'useNewApplication') return application === null;
  const record = objectIn(body, uses[0] === 'useMatchingApplication' ? 'matchingApplication' : 'existingApplication');
  return application !== null && isSame(record['applicationId'], application.id);
}

function isOwnScope(level: JsonObject, { group }: GuardedFacts): boolean {
  if (level['toComputer'] !== false) return false;
  if (level['toComputerGroup'] !== true) return group === null;
  if (level['toEntireOrganization'] !== false || group === null) return false;
  return isSame(objectIn(level, 'selectedComputerGroup')['computerGroupId'], group.id);
}

function isSame(value: JsonValue | undefined, id: string | null): boolean {
  return typeof value === 'string' && id !== null && value.toLowerCase() === id.toLowerCase();
}

function isEmpty(value: JsonValue | undefined): boolean {
  return isJsonArray(value) && value.length === 0;
}

function objectIn(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}
