import { code } from './markdown.ts';

/** As much of JSON Schema as our schemas use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** A field, and behind it those within it, each by its whole name: name, values, meaning. */
export type Row = readonly [name: string, values: string, meaning: string];

/** @param anything what a field of any type holds */
export function rowsOf(schema: Schema, anything = 'anything', prefix = ''): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = `${prefix}${key}`;
    const isOptional = !schema.required?.includes(key);
    const row: Row = [code(name), `${wordsFor(field, anything)}${isOptional ? ', optional' : ''}`, meaningOf(field)];
    return [row, ...withinOf(field, anything, name)];
  });
}

/** Names the fields that tell variants apart in their row alone, and the others once. */
function withinOf(field: Schema, anything: string, name: string): readonly Row[] {
  const rows = (variantsOf(field) ?? [field]).flatMap((variant) => {
    const { properties = {} } = variant;
    const told = Object.fromEntries(
      Object.entries(properties).filter(([, { description }]) => description !== undefined),
    );
    return rowsOf({ ...variant, properties: told }, anything, `${name}.`);
  });
  return rows.filter((row, index) => rows.findIndex((other) => other.join() === row.join()) === index);
}

function meaningOf({ description = '', default: fallback, items }: Schema): string {
  const told = description || items?.description || '';
  const isShown = fallback !== undefined && !isEmpty(fallback);
  return isShown ? `${told} Default: ${code(JSON.stringify(fallback))}.`.trim() : told;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function variantsOf({ oneOf, anyOf }: Schema): readonly Schema[] | undefined {
  return oneOf ?? anyOf;
}

function wordsFor(schema: Schema, anything: string): string {
  const variants = variantsOf(schema);
  if (variants) return variants.map((variant) => wordsFor(variant, anything)).join(' or ');
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(' ');
  if (schema.properties) return shapeOf(schema);
  if (schema.type === 'array') return `list of ${schema.items ? wordsFor(schema.items, anything) : anything}`;
  if (schema.type === 'integer') return `whole number${rangeOf(schema)}`;
  if (schema.type === 'boolean') return '`true` `false`';
  if (schema.type === 'string') return FORMATS[schema.format ?? ''] ?? 'text';
  return schema.type === undefined ? anything : String(schema.type);
}

const FORMATS: Readonly<Record<string, string>> = { uuid: 'id', 'date-time': 'instant' };

function rangeOf({ minimum, maximum }: Schema): string {
  return minimum === undefined || maximum === undefined ? '' : `, ${minimum} to ${maximum}`;
}

function shapeOf({ properties = {}, required = [] }: Schema): string {
  const members = Object.entries(properties).map(([key, field]) =>
    field.const === undefined ? `${key}${required.includes(key) ? '' : '?'}` : `${key}: ${JSON.stringify(field.const)}`,
  );
  return members.length > 8 ? 'object' : code(`{ ${members.join(', ')} }`);
}
