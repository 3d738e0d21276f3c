import { expect } from 'vitest';
import { forbiddenIn } from '../../hostile-corpus.ts';
import { expectClean, expectCleanData, expectSafeQuestion } from './clean.ts';
import type { Connection } from './client.ts';

interface Schema {
  readonly type?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
}

/** What a tool, a resource or a prompt needs to be called at all, by the name of the argument. */
export interface Known {
  readonly reference: string;
  readonly decision: string;
}

function needed(name: string, { reference, decision }: Known): unknown {
  switch (name) {
    case 'request':
      return reference;
    case 'requests':
      return [reference];
    case 'reason':
      return 'Not needed.';
    case 'decision':
      return decision;
    case 'account':
      return reference.split('/')[0];
    case 'id':
      return reference.split('/')[1];
    default:
      throw new Error(`The walk does not know what to give for "${name}"; tell it here.`);
  }
}

export interface Walked {
  /** Tools that answered without an error. */
  readonly answered: ReadonlySet<string>;
  /** Tools whose question somebody saw. */
  readonly asked: ReadonlySet<string>;
}

/**
 * Calls every tool, reads every resource and makes every prompt that is listed, and expects what comes back to be clean.
 * @param hostile put in turn wherever a text can be given; left out: only what has to be given is, and it is well-formed
 */
export async function walk(connection: Connection, known: Known, hostile?: string): Promise<Walked> {
  const walked = await walkTools(connection, known, hostile);
  await walkResources(connection, known, hostile);
  await walkPrompts(connection, known, hostile);
  return walked;
}

async function walkTools(connection: Connection, known: Known, hostile?: string): Promise<Walked> {
  const { tools } = await connection.client.listTools();
  const answered = new Set<string>();
  const asked = new Set<string>();
  for (const { name, inputSchema } of tools) {
    const schema = inputSchema as Schema & { readonly required?: readonly string[] };
    const plain = Object.fromEntries((schema.required ?? []).map((key) => [key, needed(key, known)]));
    const variants = hostile === undefined ? [{}] : hostileVariants(schema, hostile);
    for (const change of variants) {
      const answer = await connection.call(name, { ...plain, ...change }, (question) => {
        asked.add(name);
        expectSafeQuestion(question);
        return { action: 'accept', content: { confirm: 'no' } };
      });
      expectClean(answer);
      if (!answer.isError) answered.add(name);
    }
  }
  return { answered, asked };
}

async function walkResources({ client }: Connection, known: Known, hostile?: string): Promise<void> {
  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  const variants = resourceTemplates.flatMap(({ uriTemplate }) => {
    const names = [...uriTemplate.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
    const filled = (given: (name: string) => unknown) =>
      uriTemplate.replace(/\{(\w+)\}/g, (_whole, name: string) => String(given(name)));
    const plain = (name: string) => (uriTemplate.includes('decision') ? known.decision : needed(name, known));
    if (hostile === undefined) return [filled(plain)];
    const text = encodeURIComponent(hostile.toWellFormed().slice(0, 2000));
    return names.map((changed) => filled((name) => (name === changed ? text : plain(name))));
  });
  for (const uri of [...resources.map((resource) => resource.uri), ...variants]) {
    const read = await client.readResource({ uri }).catch(expectCleanError);
    if (hostile === undefined) expect(read).not.toBeNull();
    for (const content of read?.contents ?? []) if ('text' in content) expectCleanData(JSON.parse(content.text));
  }
}

async function walkPrompts({ client }: Connection, known: Known, hostile?: string): Promise<void> {
  const { prompts } = await client.listPrompts();
  for (const { name, arguments: takes = [] } of prompts) {
    const required = takes.filter((one) => one.required === true);
    const plain = Object.fromEntries(required.map((one) => [one.name, String(needed(one.name, known))]));
    const variants =
      hostile === undefined ? [{}] : [...takes.map((one) => one.name), hostile].map((key) => ({ [key]: hostile }));
    for (const change of variants) {
      const made = await client.getPrompt({ name, arguments: { ...plain, ...change } }).catch(expectCleanError);
      if (hostile === undefined) expect(made).not.toBeNull();
      for (const { content } of made?.messages ?? []) {
        if (content.type === 'text') expect(forbiddenIn(content.text, '\n')).toEqual([]);
        else if (content.type === 'resource' && 'text' in content.resource) {
          expect(forbiddenIn(content.resource.uri)).toEqual([]);
          expectCleanData(JSON.parse(content.resource.text));
        } else throw new Error(`what is ${content.type}?`);
      }
    }
  }
}

function expectCleanError(error: Error): null {
  expect(forbiddenIn(error.message, '\n')).toEqual([]);
  expect(error.message.length).toBeLessThan(2_000);
  return null;
}

/** One change for each place where a text can stand, and one for a key that nobody knows. */
function hostileVariants(schema: Schema, text: string): readonly object[] {
  const properties = Object.entries(schema.properties ?? {});
  return [
    ...properties.flatMap(([name, property]) => hostileValues(property, text).map((value) => ({ [name]: value }))),
    { [text.slice(0, 200) || 'x']: text.slice(0, 200) },
  ];
}

function hostileValues(schema: Schema, text: string): readonly unknown[] {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.flatMap((choice) => hostileValues(choice, text));
  if (schema.properties) return hostileObjects(schema.properties, text);
  if (schema.items) return hostileValues(schema.items, text).map((value) => [value]);
  if (schema.const !== undefined) return [];
  // Cut to fit, so that it gets past the schema; limits of 64 and more are not listed.
  return [schema.maxLength === undefined ? text.slice(0, 60) : text.slice(0, schema.maxLength)];
}

function hostileObjects(properties: Readonly<Record<string, Schema>>, text: string): readonly object[] {
  const fixed = Object.entries(properties).flatMap(([name, property]) =>
    property.const === undefined ? [] : [[name, property.const]],
  );
  return Object.entries(properties).flatMap(([name, property]) =>
    hostileValues(property, text).map((value) => ({ ...Object.fromEntries(fixed), [name]: value })),
  );
}
