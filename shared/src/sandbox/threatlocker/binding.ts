import { isObject, type JsonObject } from '../json.ts';
import { notConvertible } from './refusals.ts';

/** `text`, lists and objects may be null; a number, flag, GUID or date only where marked with `?`. */
type ScalarType = 'int' | 'int?' | 'long' | 'bool' | 'bool?' | 'guid' | 'guid?' | 'date' | 'date?' | 'text';
type ShapeType = ScalarType | readonly [ShapeType] | Shape;
export interface Shape {
  readonly [name: string]: ShapeType;
}

type BoundScalar<T extends ScalarType> = T extends 'int' | 'long'
  ? number
  : T extends 'int?'
    ? number | null
    : T extends 'bool'
      ? boolean
      : T extends 'bool?'
        ? boolean | null
        : T extends 'guid' | 'date'
          ? string
          : string | null;

export type Bound<T> = T extends ScalarType
  ? BoundScalar<T>
  : T extends readonly [infer Item]
    ? readonly Bound<Item>[] | null
    : { readonly [Name in keyof T]: T[Name] extends Shape ? Bound<T[Name]> | null : Bound<T[Name]> };

export interface Binding<T extends Shape> {
  readonly value: Bound<T>;
  /** Paths such as `$.policyLevel.selectedComputerGroup` of nullable members that the JSON left out. */
  readonly omitted: ReadonlySet<string>;
}

const DOTNET_NAMES: Readonly<Record<string, string>> = {
  int: 'System.Int32',
  long: 'System.Int64',
  bool: 'System.Boolean',
  guid: 'System.Guid',
  date: 'System.DateTime',
  text: 'System.String',
};
const DEFAULTS: Readonly<Record<string, unknown>> = {
  int: 0,
  long: 0,
  bool: false,
  guid: '00000000-0000-0000-0000-000000000000',
  date: '0001-01-01T00:00:00',
};
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,16})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads JSON as the vendor's .NET binder does: names whatever their case, unknown members ignored, omitted numbers and
 * flags at their default, a null or wrong type where none is allowed refused with the sentence seen live.
 */
export function bind<const T extends Shape>(shape: T, json: unknown): Binding<T> {
  const omitted = new Set<string>();
  if (!isObject(json)) throw notConvertible('$', 'the request body');
  return { value: bindObject(shape, json, '$', omitted) as Bound<T>, omitted };
}

function bindObject(shape: Shape, json: JsonObject, path: string, omitted: Set<string>): JsonObject {
  const members = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
  const bound: JsonObject = {};
  for (const [name, type] of Object.entries(shape)) {
    const at = `${path}.${name}`;
    const key = name.toLowerCase();
    if (members.has(key)) bound[name] = bindValue(type, members.get(key), at, omitted);
    else {
      const standard = typeof type === 'string' ? DEFAULTS[type] : undefined;
      if (standard === undefined) omitted.add(at);
      bound[name] = standard ?? null;
    }
  }
  return bound;
}

function bindValue(type: ShapeType, value: unknown, path: string, omitted: Set<string>): unknown {
  if (typeof type === 'string') return bindScalar(type, value, path);
  if (value === null) return null;
  if (isList(type)) {
    if (!Array.isArray(value)) throw notConvertible(path, 'System.Collections.Generic.List');
    return value.map((item: unknown, index) => bindValue(type[0], item, `${path}[${index}]`, omitted));
  }
  if (!isObject(value)) throw notConvertible(path, 'the member');
  return bindObject(type, value, path, omitted);
}

function isList(type: ShapeType): type is readonly [ShapeType] {
  return Array.isArray(type);
}

function bindScalar(type: ScalarType, value: unknown, path: string): unknown {
  const nullable = type === 'text' || type.endsWith('?');
  if (value === null && nullable) return null;
  const kind = type.replace('?', '');
  if (!fits(kind, value)) {
    const name = DOTNET_NAMES[kind] ?? 'System.String';
    throw notConvertible(path, nullable && kind !== 'text' ? `System.Nullable\`1[${name}]` : name);
  }
  return kind === 'guid' && typeof value === 'string' ? value.toLowerCase() : value;
}

function fits(kind: string, value: unknown): boolean {
  switch (kind) {
    case 'int':
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
    case 'long':
      return Number.isInteger(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'guid':
      return typeof value === 'string' && GUID.test(value);
    case 'date':
      return typeof value === 'string' && DATE.test(value);
    default:
      return typeof value === 'string';
  }
}
