import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';

type Node = Readonly<Record<string, unknown>>;
type Shorten = (node: Node, depth: number) => readonly string[];

/**
 * The same schema in fewer words, for the list of tools, which clients put into their model's context whole. What the words
 * leave out is held against each call all the same.
 */
export function inShort(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  const standard = schema['~standard'];
  const { jsonSchema } = standard;
  const short: StandardSchemaWithJSON['~standard'] = {
    ...standard,
    jsonSchema: {
      input: (options) => shortened(jsonSchema.input(options), NOISE, 0),
      output: (options) => shortened(jsonSchema.output(options), BELOW_ROWS, 0),
    },
  };
  return Object.create(schema, { '~standard': { value: short } });
}

/** What tells a caller nothing: the dialect, a format spelt out once more, the type of a constant, a generous limit. */
const NOISE: Shorten = (node) => [
  '$schema',
  ...('format' in node ? ['pattern'] : []),
  ...('const' in node || 'enum' in node ? ['type'] : []),
  ...(Number(node['maxLength']) >= GENEROUS ? ['maxLength'] : []),
  ...(node['minLength'] === 1 ? ['minLength'] : []),
  ...(node['minItems'] === 1 ? ['minItems'] : []),
  ...(node['minimum'] === 1 ? ['minimum'] : []),
];
const GENEROUS = 64;

/** Answers are told down to the rows of their lists; what stands in a row is told by its name alone. */
const BELOW_ROWS: Shorten = (node, depth) =>
  depth > 1
    ? Object.keys(node)
    : [
        ...NOISE(node, depth),
        'additionalProperties',
        'propertyNames',
        'description',
        ...(depth > 0 ? ['required'] : []),
      ];

/** @param depth how many properties stand above it */
function shortened(node: Node, leftOut: Shorten, depth: number): Record<string, unknown> {
  const out = new Set(leftOut(node, depth));
  const kept = Object.entries(node).filter(([key]) => !out.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, member(key, value)]));

  function member(key: string, value: unknown): unknown {
    if (Array.isArray(value))
      return value.map((branch) => (isNode(branch) ? shortened(branch, leftOut, depth) : branch));
    if (!isNode(value)) return value;
    if (key !== 'properties') return shortened(value, leftOut, depth);
    const named = Object.entries(value);
    return Object.fromEntries(
      named.map(([name, child]) => [name, isNode(child) ? shortened(child, leftOut, depth + 1) : child]),
    );
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
