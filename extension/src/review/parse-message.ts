import {
  DRAFT_FIELDS,
  type Draft,
  type DraftField,
  type FromPage,
  PAGE_VERDICTS,
  PART_IDS,
  type PartId,
} from './messages.ts';

/** More than any field holds. */
const FIELD_MAX = 10_000;
const ID_MAX = 200;

/** What a page says, looked at as a stranger's words; `null`: nothing that is understood. */
export function parseMessage(value: unknown): FromPage | null {
  if (!isRecord(value)) return null;
  const { type } = value;
  switch (type) {
    case 'ready':
    case 'reload':
      return { type };
    case 'read': {
      const part = oneOf<PartId>(PART_IDS, value['part']);
      return part && { type, part };
    }
    case 'copy':
    case 'open':
    case 'review': {
      const { id } = value;
      return typeof id === 'string' && id.length <= ID_MAX ? { type, id } : null;
    }
    case 'choose': {
      const drafted = draftIn(value);
      const changed = oneOf<DraftField>(DRAFT_FIELDS, value['changed']);
      return drafted && changed && { type, changed, ...drafted };
    }
    case 'search': {
      const drafted = draftIn(value);
      return drafted && { type, ...drafted };
    }
    case 'decide': {
      const drafted = draftIn(value);
      const verdict = oneOf(PAGE_VERDICTS, value['verdict']);
      return drafted && verdict && { type, verdict, ...drafted };
    }
    default:
      return null;
  }
}

function draftIn(
  value: Readonly<Record<string, unknown>>,
): { readonly draft: Draft; readonly revision: number } | null {
  const { draft, revision } = value;
  if (!isRecord(draft) || typeof revision !== 'number' || !Number.isSafeInteger(revision)) return null;
  const fields = DRAFT_FIELDS.map((name) => [name, draft[name]] as const);
  const isWhole = fields.every(([, text]) => typeof text === 'string' && text.length <= FIELD_MAX);
  return isWhole ? { draft: Object.fromEntries(fields) as Draft, revision } : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | null {
  return known.find((one) => one === value) ?? null;
}
