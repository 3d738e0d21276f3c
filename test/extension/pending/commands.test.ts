import { parseSettings } from '@countersign/shared/account';
import type { ApprovalRequest } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import type { Asked, Reply } from '../../support/memory-host.ts';
import { openPending, type Pending } from './setup.ts';

/** Answers questions one after the other. */
function answers(...replies: readonly ReturnType<Reply>[]): Reply {
  const left = [...replies];
  return (asked: Asked) => {
    if (left.length === 0) throw new Error(`Nobody answers: ${JSON.stringify(asked)}`);
    return left.shift() ?? null;
  };
}

const nodeOf = ({ view, world }: Pending, name: string) => view.node(`request:${world.named(name).reference}`);

/** From now on both accounts are real ones, as far as anybody can tell without asking them. */
async function makeReal({ store, view }: Pending, links: ApprovalRequest['links'] | null = null): Promise<void> {
  const { accounts } = parseSettings(
    JSON.stringify({
      accounts: [
        { id: 'acme', provider: 'threatlocker', instance: 'g', apiToken: { env: 'A' } },
        { id: 'acme-abr', provider: 'admin-by-request', dataCenter: 'dc1', apiKey: { env: 'B' } },
      ],
    }),
    'accounts.json',
  );
  store.set({
    entries: store.state.entries.map((entry) => ({
      ...entry,
      account: accounts.find(({ id }) => id === entry.account.id) ?? entry.account,
    })),
    sources: store.state.sources.map((source) =>
      'requests' in source && links !== null
        ? { ...source, requests: source.requests.map((request) => ({ ...request, links })) }
        : source,
    ),
  });
  await view.settled();
}

test('a filter is asked for in steps, adds to the one before, and can be taken away', async () => {
  const { host, commands, tree } = await openPending();
  host.reply(answers('Kind', 'elevation'));
  await commands.filter();
  expect(tree.filter).toEqual({ kind: 'elevation' });
  host.reply(answers('Text', 'printer'));
  await commands.filter();
  expect(tree.filter).toEqual({ kind: 'elevation', text: 'printer' });
  host.reply(answers('Kind', 'Any'));
  await commands.filter();
  expect(tree.filter).toEqual({ text: 'printer' });
  host.reply(answers('Severity', 'nothing found'));
  await commands.filter();
  expect(tree.filter).toEqual({ text: 'printer', severity: 'none' });
  host.reply(answers('Show everything again'));
  await commands.filter();
  expect(tree.filter).toEqual({});
});

test('whoever goes back or closes a filter changes nothing until they choose', async () => {
  const { host, commands, tree } = await openPending();
  host.reply(answers('Kind', '<back>', 'Assignee', 'taken by nobody'));
  await commands.filter();
  expect(tree.filter).toEqual({ assigned: 'nobody' });
  host.reply(answers('Account', null));
  await commands.filter();
  expect(tree.filter).toEqual({ assigned: 'nobody' });
  host.reply(answers('Text', '  '));
  await commands.filter();
  expect(tree.filter).toEqual({ assigned: 'nobody' });
  await commands.clearFilter();
  expect(tree.filter).toEqual({});
});

test('a grouping is kept as a setting', async () => {
  const { host, commands, view, labels } = await openPending();
  host.reply(answers('Kind'));
  await commands.groupBy();
  await view.settled();
  expect(host.settings.get('groupBy')).toBe('kind');
  expect(labels()).toContain('elevation');
});

test('trying again reads that account alone, refreshing reads all', async () => {
  const { commands, store, view } = await openPending();
  await commands.retry(view.node('source:acme'));
  await commands.refresh();
  expect(store.refreshed).toEqual(['acme', undefined]);
});

test('references and hashes are copied, a line for each that is selected', async () => {
  const opened = await openPending();
  const { commands, host, world } = opened;
  const nodes = [nodeOf(opened, 'obsidian-contoso'), nodeOf(opened, 'abr-obsidian'), nodeOf(opened, 'abr-session')];
  await commands.copyReference(nodes[0], nodes);
  await commands.copySha256(nodes[0], nodes);
  expect(host.copied[0]?.split('\n')).toEqual(
    ['obsidian-contoso', 'abr-obsidian', 'abr-session'].map((name) => world.named(name).reference),
  );
  expect(host.copied[1]).toMatch(/^[\da-f]{64}$/);
  await commands.copySha256(nodes[2]);
  expect(host.copied).toHaveLength(2);
  expect(host.asked.at(-1)).toMatchObject({ kind: 'notify' });
});

test('VirusTotal is asked for a hash and nothing else', async () => {
  const opened = await openPending();
  const { commands, host } = opened;
  await commands.openVirusTotal(nodeOf(opened, 'abr-obsidian'));
  expect(host.opened).toEqual([expect.stringMatching(/^https:\/\/www\.virustotal\.com\/gui\/file\/[\da-f]{64}$/)]);
  await commands.openVirusTotal(nodeOf(opened, 'abr-session'));
  expect(host.opened).toHaveLength(1);
});

test.each([
  'http://www.adminbyrequest.com/AuditLog',
  'https://www.adminbyrequest.com.evil.example/',
  'https://evil.example/www.adminbyrequest.com',
  'https://www.adminbyrequest.com@evil.example/',
  'https://kim:secret@www.adminbyrequest.com/',
  'https://www.adminbyrequest.com:8443/',
  'https://wwwXadminbyrequest.com/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'vscode://evil.example/',
  'command:workbench.action.terminal.new',
  '//evil.example',
  'not an address',
])('a link to %s is never opened', async (url) => {
  const opened = await openPending();
  await makeReal(opened, [{ label: 'Audit log', url }]);
  await opened.commands.openPortal(nodeOf(opened, 'abr-obsidian'));
  expect(opened.host.opened).toEqual(['https://www.adminbyrequest.com/']);
});

test("the vendor's own link to a request is opened, and no link of one vendor for another", async () => {
  const url = 'https://www.adminbyrequest.com/AuditLog?Page=AppElevations&ID=1';
  const opened = await openPending();
  await makeReal(opened, [
    { label: 'VirusTotal', url: 'https://www.virustotal.com/latest-scan/1' },
    { label: 'Audit log', url },
  ]);
  await opened.commands.openPortal(nodeOf(opened, 'abr-obsidian'));
  await opened.commands.openPortal(nodeOf(opened, 'obsidian-contoso'));
  expect(opened.host.opened).toEqual([url, 'https://portal.threatlocker.com/']);
  expect(opened.view.drawn().get(`request:${opened.world.named('abr-obsidian').reference}`)?.context).toContain(
    'portal',
  );
});

test('behind a sandbox stands no portal', async () => {
  const opened = await openPending();
  await opened.commands.openPortal(nodeOf(opened, 'abr-obsidian'));
  await opened.commands.openPortal();
  expect(opened.host.opened).toEqual([]);
  expect(opened.host.asked.map(({ kind }) => kind)).toEqual(['notify', 'notify']);
});

test('without a row the portal of an account is chosen', async () => {
  const opened = await openPending();
  await makeReal(opened);
  opened.host.reply(answers('acme-abr'));
  await opened.commands.openPortal();
  expect(opened.host.opened).toEqual(['https://www.adminbyrequest.com/']);
});

test('a sandbox among real accounts is called one in each of its requests', async () => {
  const opened = await openPending();
  const { store, view, world } = opened;
  const sandbox = store.state.entries;
  await makeReal(opened);
  store.set({ entries: store.state.entries.map((entry, index) => (index === 0 ? entry : (sandbox[index] ?? entry))) });
  await view.settled();
  const description = (name: string) => view.drawn().get(`request:${world.named(name).reference}`)?.description;
  expect(description('abr-obsidian')).toMatch(/^SANDBOX · /);
  expect(description('obsidian-contoso')).not.toContain('SANDBOX');
  expect([...view.drawn().keys()].filter((id) => id.startsWith('source:'))).toEqual(['source:acme-abr']);
});
