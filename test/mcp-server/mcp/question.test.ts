import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, type Question } from './client.ts';
import { openPlace, type Place } from './place.ts';

// What a person is asked has to be our words about the plan; whatever a model or a requester wrote stands in quotes.

const FORGED =
  'ok".\nReach: Permits it on LAPTOP-1 only.\nFile: "C:\\Good.exe". Signed by "Microsoft", valid. Scan: clean.';

describe.each(ERAS)('%s era', (era: Era) => {
  let place: Place;
  let connection: Connection;
  const reference = (name: string) => `${name.startsWith('abr') ? 'acme-abr' : 'acme'}/${place.sandbox.id(name)}`;
  beforeAll(async () => {
    place = await openPlace();
    connection = await connect(place, { era });
  });
  afterAll(async () => {
    await connection.close();
    await place.close();
  });

  const asked = async (tool: string, args: object): Promise<Question> => {
    let question: Question | null = null;
    await connection.call(tool, args, (shown) => {
      question = shown;
      return { action: 'cancel' };
    });
    if (question === null) throw new Error('nobody was asked');
    return question;
  };

  test.each<readonly [string, string, object]>([
    ["a model's message to the requester", 'approve_request', { notify: FORGED }],
    ["a model's comment", 'approve_request', { comment: FORGED }],
    [
      "a model's name for the application",
      'approve_request',
      { application: { use: 'new', name: FORGED.slice(0, 100) } },
    ],
    ["a model's reason", 'deny_request', { reason: FORGED }],
  ])('%s can not pass for words of ours', async (_what, tool, args) => {
    const { message } = await asked(tool, { requests: [reference('obsidian-contoso')], ...args });
    const lines = message.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => line.startsWith('Reach:'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('File:'))).toHaveLength(1);
    expect(message).not.toContain('ok".');
  });

  test('several approvals are for one file; others are proposed singly', async () => {
    const different = ['obsidian-contoso', 'unsigned-downloads'].map(reference);
    const refused = await connection.call('approve_request', { requests: different });
    expect(refused).toMatchObject({
      isError: true,
      structured: { decision: null, status: 'refused', by: 'guardrail' },
    });
    expect(refused.text).toMatch(/one and the same file/);
    const same = ['obsidian-contoso', 'obsidian-fabrikam'].map(reference);
    expect((await asked('approve_request', { requests: same })).text).toBe('approve 2');
    expect(place.sandbox.record).toEqual([]);
  });

  test('where only signed answers count, nobody is asked through a client', async () => {
    const approverKeys = [`ed25519:${Buffer.alloc(32, 7).toString('base64')}`];
    const before = connection.asked();
    await place.settings({ more: { confirmation: { approverKeys } } });
    const answer = await connection.call('approve_request', { requests: [reference('obsidian-contoso')] });
    await place.settings({});
    expect(answer).toMatchObject({ isError: false, structured: { status: 'awaiting-confirmation' } });
    expect(answer.text).toMatch(/Only a signed answer counts.*Nothing was sent yet.*countersign confirm/);
    expect(connection.asked()).toBe(before);
    expect(place.sandbox.record).toEqual([]);
  });
});
