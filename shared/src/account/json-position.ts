const TOKEN = new RegExp(
  [
    '(?<mark>[{}[\\],:])',
    '|(?<text>"(?:[^"\\\\\\u0000-\\u001f]|\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4}))*")',
    '|(?<word>-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w.])|(?:true|false|null)\\b)',
  ].join(''),
  'y',
);

const SPACE = /[ \t\n\r]*/y;

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'next';

/**
 * Where a text stops being JSON: line and column, from 1. JSON.parse's own message differs between versions of Node, lacks
 * the place for some mistakes, and quotes the text, which may hold a secret.
 */
export function jsonErrorPosition(text: string): { readonly line: number; readonly column: number } {
  const offset = firstError(text);
  const before = text.slice(0, offset).split(/\r\n|[\r\n]/);
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
}

function firstError(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  let offset = 0;
  for (;;) {
    SPACE.lastIndex = offset;
    SPACE.test(text);
    TOKEN.lastIndex = SPACE.lastIndex;
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const next: Wanted | null = match && step(wanted, kindOf(match.groups ?? {}), open);
    if (!next) return start;
    wanted = next;
    offset = TOKEN.lastIndex;
  }
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): string {
  return groups['mark'] ?? (groups['text'] === undefined ? 'word' : 'text');
}

/** What may follow once a token of this kind stands where `wanted` was; null where it may not stand there. */
function step(wanted: Wanted, kind: string, open: string[]): Wanted | null {
  const closes = (kind === '}' && open.at(-1) === '{') || (kind === ']' && open.at(-1) === '[');
  if (closes && (wanted === 'next' || wanted === `key or ${kind}` || wanted === `value or ${kind}`)) {
    open.pop();
    return 'next';
  }
  if (wanted === 'next') return kind === ',' && open.length > 0 ? (open.at(-1) === '{' ? 'key' : 'value') : null;
  if (wanted === ':') return kind === ':' ? 'value' : null;
  if (wanted === 'key' || wanted === 'key or }') return kind === 'text' ? ':' : null;
  if (kind === '{' || kind === '[') {
    open.push(kind);
    return kind === '{' ? 'key or }' : 'value or ]';
  }
  return kind === 'text' || kind === 'word' ? 'next' : null;
}
