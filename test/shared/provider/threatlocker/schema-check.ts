import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { SCHEMAS, type SchemaName } from './openapi-schemas.ts';

const SCALARS: Readonly<Record<string, object>> = {
  uuid: { type: 'string', format: 'uuid' },
  text: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer' },
  // The vendor's own records leave the offset out now and then.
  'date-time': { type: 'string', format: 'iso-date-time' },
  any: {},
};

/** The JSON Schema of one type in the notation of the table. */
function schemaOf(type: string): object {
  if (type.endsWith('?')) return { anyOf: [{ type: 'null' }, schemaOf(type.slice(0, -1))] };
  if (type.startsWith('[')) return { type: 'array', items: schemaOf(type.slice(1, -1)) };
  const scalar = SCALARS[type];
  if (scalar) return scalar;
  // An object is a class to the vendor's server, which takes null for any of them: null is what unused ones have to be.
  if (type in SCHEMAS) return { anyOf: [{ type: 'null' }, { $ref: `#/definitions/${type}` }] };
  throw new Error(`The table names no type ${type}`);
}

function definition(name: SchemaName): object {
  const properties = Object.entries(SCHEMAS[name]).flatMap(([type, names]) =>
    wordsIn(names).map((property) => [property, schemaOf(type)] as const),
  );
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

const wordsIn = (names: string) => names.split(/\s+/).filter((name) => name !== '');

/** Every property that a schema names. */
export function propertiesOf(name: SchemaName): readonly string[] {
  return Object.values(SCHEMAS[name]).flatMap(wordsIn);
}

/** The properties of those types that the server refuses as null: numbers, flags, ids and dates without the `?`. */
export function neverNull(name: SchemaName): readonly string[] {
  return Object.entries(SCHEMAS[name]).flatMap(([type, names]) =>
    ['uuid', 'boolean', 'int32', 'int64', 'date-time'].includes(type) ? wordsIn(names) : [],
  );
}

const definitions = Object.fromEntries(
  (Object.keys(SCHEMAS) as SchemaName[]).map((name) => [name, definition(name)] as const),
);
const ajv = new Ajv({ allErrors: true, strict: false, formats: fullFormats });
const validators = new Map<SchemaName, ValidateFunction>();

function validatorFor(name: SchemaName): ValidateFunction {
  const made = validators.get(name) ?? ajv.compile({ $ref: `#/definitions/${name}`, definitions });
  validators.set(name, made);
  return made;
}

/** What the schema finds wrong. A property that it doesn't know is let pass where the record that was read has it too. */
export function schemaProblems(name: SchemaName, body: unknown, read?: unknown): readonly string[] {
  const validate = validatorFor(name);
  if (validate(body)) return [];
  return (validate.errors ?? [])
    .filter((error) => !isEcho(error) && !isReadAsWell(error, read))
    .map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

/** Of "null, or something else", the true error is the one in the something else. */
function isEcho({ keyword, params }: ErrorObject): boolean {
  return keyword === 'anyOf' || (keyword === 'type' && params['type'] === 'null');
}

function isReadAsWell(error: ErrorObject, read: unknown): boolean {
  if (error.keyword !== 'additionalProperties') return false;
  const steps = error.instancePath.split('/').slice(1);
  const holder = steps.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    read,
  );
  const { additionalProperty } = error.params as { additionalProperty: string };
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, additionalProperty);
}
