import { canonicalJson, isJsonObject, type JsonValue } from '@countersign/shared/approval';
import type { TargetChoice } from '@countersign/shared/decide';

/** The choices that every one of several requests has, with the same options: one answer then means the same for each. */
export function commonChoices(choices: readonly TargetChoice[], requests: number): readonly TargetChoice[] {
  const shared = new Map<string, { readonly first: TargetChoice; readonly of: Set<string> }>();
  for (const choice of choices) {
    const options: JsonValue = JSON.parse(JSON.stringify(choice.options));
    const key = isJsonObject(options) ? canonicalJson(options) : '';
    const known = shared.get(key) ?? { first: choice, of: new Set<string>() };
    known.of.add(choice.request);
    shared.set(key, known);
  }
  return [...shared.values()].filter(({ of }) => of.size === requests).map(({ first }) => first);
}
