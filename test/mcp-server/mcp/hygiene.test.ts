import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, ERAS } from './client.ts';
import { answerIn, type Lines, openLines } from './lines.ts';
import { openPlace, type Place, SERVER } from './place.ts';

const WRITE_TOOLS = ['approve_request', 'deny_request', 'take_ownership'];

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
}
interface Listed {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly inputSchema: Schema;
  readonly outputSchema?: Schema;
  readonly annotations?: object;
  readonly _meta?: object;
}

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(async () => {
  await place.close();
  expect(place.sandbox.record).toEqual([]);
});

async function toolsOf(lines: Lines): Promise<readonly Listed[]> {
  const { result } = await lines.request('tools/list');
  return (result as unknown as { tools: readonly Listed[] }).tools;
}

describe('what is listed', () => {
  const listed: (readonly Listed[])[] = [];
  beforeAll(async () => {
    for (const era of ERAS) {
      const lines = await openLines(place, { era });
      listed.push(await toolsOf(lines));
      await lines.end();
    }
  });

  test('is the same in both eras', () => {
    expect(listed[0]).toHaveLength(12);
    expect(listed[1]).toEqual(listed[0]);
  });

  test('takes little of a model’s context', () => {
    for (const tools of listed) {
      const calls = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
      expect(Buffer.byteLength(JSON.stringify({ tools }))).toBeLessThan(20_000);
      expect(Buffer.byteLength(JSON.stringify(calls))).toBeLessThan(9_000);
    }
  });

  test('tells of each answer at least its members', () => {
    for (const { name, outputSchema } of listed.flat()) {
      for (const [member, schema] of Object.entries(outputSchema?.properties ?? {})) {
        expect(Object.keys(schema).length, `${name}.${member}`).toBeGreaterThan(0);
      }
      expect(Object.keys(outputSchema?.properties ?? {}).length, name).toBeGreaterThan(0);
    }
  });

  test('has a title, a description and an output schema', () => {
    for (const tool of listed.flat()) {
      expect(tool.title, tool.name).toBeTruthy();
      expect(tool.description.length, tool.name).toBeGreaterThan(60);
      expect(tool.outputSchema, tool.name).toMatchObject({ type: 'object' });
    }
  });

  test('says of exactly the write tools that they write, and that a person has to be there', () => {
    for (const { name, annotations, _meta } of listed.flat()) {
      const writes = WRITE_TOOLS.includes(name);
      expect(annotations, name).toEqual({
        readOnlyHint: !writes,
        destructiveHint: writes,
        idempotentHint: !writes,
        openWorldHint: true,
      });
      expect(_meta, name).toEqual(writes ? { 'anthropic/requiresUserInteraction': true } : undefined);
    }
  });

  test('takes no key that it does not name, at any depth', () => {
    for (const { name, inputSchema } of listed.flat()) {
      for (const [place, schema] of objectsIn(inputSchema, name)) {
        expect(schema.additionalProperties, place).toBe(false);
      }
    }
  });

  test('describes every property that can be given', () => {
    for (const { name, inputSchema } of listed.flat()) {
      for (const [property, schema] of Object.entries(inputSchema.properties ?? {})) {
        expect(schema.description, `${name}.${property}`).toBeTruthy();
      }
    }
  });
});

function objectsIn(schema: Schema, where: string): readonly (readonly [string, Schema])[] {
  const inner = [
    ...Object.entries(schema.properties ?? {}),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])].map(
      (part, index) => [String(index), part] as const,
    ),
  ].flatMap(([name, part]) => objectsIn(part, `${where}.${name}`));
  return schema.type === 'object' ? [[where, schema], ...inner] : inner;
}

describe.each(ERAS)('%s era: a process', (era) => {
  test('writes JSON-RPC alone to standard output, nothing to standard error, and ends with its input', async () => {
    const lines = await openLines(place, { era });
    await toolsOf(lines);
    expect(answerIn(await lines.request('tools/call', { name: 'list_pending', arguments: {} })).text).toMatch(/wait/);
    await lines.request('tools/call', { name: 'no_such_tool', arguments: {} });
    await lines.request('no/such/method');
    lines.write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/of_no_kind' }));
    await lines.request('tools/list');
    expect(await lines.end()).toBe(0);
    expect(lines.errors()).toBe('');
    for (const line of lines.output) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  test('survives lines that are no JSON-RPC', async () => {
    const lines = await openLines(place, { era });
    for (const line of ['', 'hello', '{', '[]', '{"jsonrpc":"1.0","id":1}', 'null', '"text"']) lines.write(line);
    expect(await toolsOf(lines)).toHaveLength(12);
    expect(await lines.end()).toBe(0);
    for (const line of lines.output) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  test('ends with its input while a vendor keeps it waiting', async () => {
    const lines = await openLines(place, { era });
    const struck = new Promise<void>((resolve) => {
      place.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: resolve } });
    });
    place.sandbox.faults.add({ do: { kind: 'hang' } });
    lines.request('tools/call', { name: 'list_pending', arguments: {} }).catch(() => undefined);
    await struck;
    const ended = await lines.end();
    place.sandbox.faults.clear();
    expect(ended).toBe(0);
    expect(lines.errors()).toBe('');
  });

  test('runs on the oldest Node that is supported, as quietly', async () => {
    const lines = await openLines(place, { era, node: path.resolve('node_modules/node-floor/bin/node') });
    expect(await toolsOf(lines)).toHaveLength(12);
    expect(answerIn(await lines.request('tools/call', { name: 'list_pending', arguments: {} })).text).toMatch(/wait/);
    expect(await lines.end()).toBe(0);
    expect(lines.errors()).toBe('');
  });
});

describe('settings', () => {
  test.each<readonly [what: string, text: string | null, says: RegExp]>([
    ['that are not there', null, /accounts\.json, which COUNTERSIGN_CONFIG names, does not exist; create it/],
    ['that are no JSON', '{ "accounts": [ }', /accounts\.json: this is not JSON from line 1/],
    ['with a key that nobody knows', '{ "acounts": [] }', /accounts\.json.*acounts.*accounts/s],
    ['with an account that is not whole', '{ "accounts": [{ "id": "acme", "provider": "threatlocker" }] }', /instance/],
  ])('%s: each tool says what to do', async (_what, text, says) => {
    const own = await openPlace();
    if (text === null) await rm(path.join(own.folder, 'accounts.json'));
    else await own.settingsText(text);
    const connection = await connect(own, { era: 'modern' });
    const read = await connection.call('list_pending', {});
    const write = await connection.call('deny_request', { requests: ['acme/1'], reason: 'No.' });
    expect(read).toMatchObject({ isError: true });
    expect(read.text).toMatch(says);
    expect(write.text).toBe(`${read.text} Nothing was sent.`);
    await own.settings({});
    expect(await connection.call('list_accounts', {})).toMatchObject({ isError: false });
    await connection.close();
    expect(connection.noise()).toBe('');
    await own.close();
  });

  test('none at all: how to make some', async () => {
    const { COUNTERSIGN_CONFIG: _, ...env } = place.env;
    const lines = await openLines({ ...place, env }, { era: 'modern' });
    const answer = answerIn(await lines.request('tools/call', { name: 'list_pending', arguments: {} }));
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(/No account is configured\. Write .*accounts\.json.*"countersign sandbox"/);
    expect(await lines.end()).toBe(0);
  });
});

test('arguments are refused with a sentence and exit code 2', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER, 'mcp', '--help-me'], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/does not know "--help-me"/);
});

test('the version is the package’s', async () => {
  const manifest = JSON.parse(await readFile('mcp-server/package.json', 'utf8')) as { version: string };
  const lines = await openLines(place, { era: 'modern' });
  const { result } = await lines.request('server/discover');
  expect(JSON.stringify(result)).toContain(
    `"name":"countersign","title":"Countersign","version":"${manifest.version}"`,
  );
  await lines.end();
});
