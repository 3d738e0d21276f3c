import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../approval/index.ts';

/** Flags of `policyLevel` that the body writes anew, or that say what is possible rather than what is chosen. */
const KNOWN_LEVELS: ReadonlySet<string> = new Set([
  'canUseEntireOrganization',
  'toEntireOrganization',
  'toComputerGroup',
  'toComputer',
  'selectedComputerGroup',
]);

/**
 * Choices that the permit record itself already carries, beside those that the body writes over it, in words. The record
 * goes back whole, so a permit made from it would contain them without anybody having been shown them.
 */
export function hiddenChoices(record: JsonObject): readonly string[] {
  const level = objectOr(record['policyLevel']);
  const conditions = objectOr(record['policyConditions']);
  const ringfencing = objectOr(record['ringfencingOptions']);
  const exclusions = (kind: string) => isChoice(record[kind]) || isChoice(ringfencing[kind]);
  return [
    ...(exclusions('networkExclusions') ? ['network exclusions'] : []),
    ...(exclusions('fileExclusions') ? ['file exclusions'] : []),
    ...(isChoice(conditions['disableProtection']) ? ['protection switched off'] : []),
    ...(Object.entries(level).some(([name, value]) => isChoice(value) && !KNOWN_LEVELS.has(name))
      ? ['a wider scope']
      : []),
  ];
}

/** Anything but nothing, no and none: what can't be read may be a choice. */
function isChoice(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  return !isJsonArray(value) || value.length > 0;
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
