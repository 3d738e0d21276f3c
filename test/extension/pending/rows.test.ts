import type { ApprovalRequest } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { requestHover } from '../../../extension/src/views/pending/hover.ts';
import { createRequestWords, requestRow } from '../../../extension/src/views/pending/request-row.ts';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';
import { waiting } from '../../shared/queue/request.ts';
import { openPending, type Pending } from './setup.ts';

const DAY = 24 * 60 * 60_000;

/** Changes one request of the account acme as it was read. */
async function change(
  { store, view }: Pick<Pending, 'store' | 'view'>,
  id: string,
  how: (request: ApprovalRequest) => ApprovalRequest,
) {
  store.set({
    sources: store.state.sources.map((source) =>
      'requests' in source
        ? { ...source, requests: source.requests.map((one) => (one.reference === id ? how(one) : one)) }
        : source,
    ),
  });
  await view.settled();
}

async function named(name: string) {
  const opened = await openPending();
  const { reference } = opened.world.named(name);
  const id = `request:${reference}`;
  const row = () => {
    const found = opened.view.drawn().get(id);
    if (!found) throw new Error(`${name} is not shown`);
    return found;
  };
  return { ...opened, reference, id, row, hover: () => opened.view.hover(id) };
}

test('a row says what, who, where and for how long; what its group says is not said again', async () => {
  const { row, host, view } = await named('unsigned-downloads');
  expect(row()).toMatchObject({ label: 'pdf-merge-portable.exe', children: 'none', click: 'review' });
  expect(row().description).toMatch(/^[^·]+ · [^·]+ · \d+ (min|h)$/);
  const before = row().description;
  host.set('groupBy', 'kind');
  await view.settled();
  expect(row().description).not.toBe(before);
  expect(row().description).toContain('Contoso Dental Group');
});

test('a screen reader is told kind, name, who, where, age and the gravest finding', async () => {
  const { row } = await named('unsigned-downloads');
  expect(row().spoken).toMatch(
    /^SANDBOX\. application, pdf-merge-portable\.exe\. asked for by .+ on .+ of Contoso Dental Group\. waiting: .+\. gravest finding: caution$/,
  );
});

test('the gravest finding marks the row', async () => {
  const { row } = await named('injection');
  expect(row()).toMatchObject({ mark: 'stop', icon: { name: 'file-binary', color: 'countersign.stopForeground' } });
});

test('what was not looked at is not what nothing was found in', async () => {
  const { row } = await named('obsidian-contoso');
  expect(row().spoken).toMatch(/gravest finding: (note|nothing found|caution)$/);
  expect(row().description).not.toContain('not looked at');
  const request = waiting('acme/1');
  const seen = { words: createRequestWords()(request), account: null, by: 'none', isMixed: false, now: 0 } as const;
  const unseen = requestRow(request, { ...seen, findings: null });
  const clean = requestRow(request, { ...seen, findings: [] });
  expect(unseen.description).toContain('not looked at');
  expect(unseen.spoken).toContain('gravest finding: not looked at');
  expect(clean.spoken).toContain('gravest finding: nothing found');
  expect(unseen.icon).not.toEqual(clean.icon);
});

test('an age grows without anything having changed at the vendor', async () => {
  const { row, world, store, view } = await named('unsigned-downloads');
  world.clock.now += 5 * DAY;
  await store.refresh();
  await view.settled();
  expect(row().description).toMatch(/ · [45] d$/);
});

test('what can be done with a request stands in its context', async () => {
  const { row } = await named('obsidian-contoso');
  expect(row().context).toEqual(['request', 'approvable', 'decidable', 'ownable', 'sha256']);
});

test('what only the vendor can decide offers no decision', async () => {
  const { row } = await named('abr-quarantined');
  expect(row().context).toEqual(['request', 'sha256']);
  expect(row().description).toContain('quarantined');
});

test('what can only be denied offers no approval', async () => {
  const { row, reference, ...opened } = await named('obsidian-contoso');
  await change(opened, reference, (request) => ({ ...request, unapprovable: 'It can not be approved.' }));
  expect(row().context).not.toContain('approvable');
  expect(row().context).toContain('decidable');
});

test('a status that is not known offers no decision', async () => {
  const { row, reference, ...opened } = await named('obsidian-contoso');
  await change(opened, reference, (request) => ({ ...request, status: 'other(99)' }));
  expect(row().context).not.toContain('approvable');
  expect(row().context).not.toContain('decidable');
  expect(row().context).not.toContain('ownable');
});

test('a session, which has no file, is called what it is', async () => {
  const { row } = await named('abr-session');
  expect(row().label).toBe('administrator session');
  expect(row().context).not.toContain('sha256');
});

test('who has taken a request stands in its row', async () => {
  const { row } = await named('elevate-assigned');
  expect(row().description).toMatch(/taken by .+/);
});

test('a hover has the findings, the reason as the requester wrote it, and the facts', async () => {
  const { hover, reference } = await named('unsigned-downloads');
  const text = (await hover()) ?? '';
  expect(text).toContain('**SANDBOX: nothing here is real.**');
  expect(text).toMatch(/- \*\*caution\*\* .+ Rests on: /);
  expect(text).toContain("The requester's reason:\n> ");
  expect(text).toContain(`- Request: ${reference}`);
  expect(text).toMatch(/- SHA-256: [\da-f]{64}/);
});

test.each(hostileCorpus)('$name breaks no row and no hover', async ({ text }) => {
  const request = waiting('acme/1', {
    subject: { name: text, path: text, product: text, vendor: text, process: text },
    requester: { name: text, account: text, email: text },
    computer: { name: text },
    organization: { name: text },
    assignee: text,
    reason: text,
    policy: text,
    ticket: text,
  });
  const now = Date.UTC(2026, 10, 21, 12);
  const row = requestRow(request, {
    words: createRequestWords()(request),
    account: null,
    findings: null,
    by: 'none',
    isMixed: false,
    now,
  });
  for (const shown of [row.label, row.description ?? '', row.spoken ?? '']) expect(forbiddenIn(shown)).toEqual([]);
  expect(row.label.length).toBeLessThan(200);
  const hover = requestHover(request, { account: null, findings: null, now });
  expect(forbiddenIn(hover, '\n')).toEqual([]);
  const lines = hover.split('\n').filter((line) => line !== '');
  for (const line of lines) expect(line).toMatch(/^(- [A-Z][^:]*: |> |It was not looked at|The requester's reason:$)/);
  expect(hover.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[`*_[\]{}<#!|~&@$^]|:\/\/|www\./i);
});
