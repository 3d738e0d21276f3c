import type { Decision, RequestReference } from '@countersign/shared/approval';
import type { FaultAction } from '@countersign/shared/sandbox';
import { describe, expect, test } from 'vitest';
import type { AccountsChange, Place } from '../../mcp-server/mcp/place.ts';
import {
  ledgerIn,
  notices,
  openEditorPlace,
  openWindow,
  questions,
  requestAt,
  type WindowOptions,
  willing,
  writesIn,
} from '../window.ts';

// A person of the editor decides something themselves.

const APPROVE: Decision = { verdict: 'approve', options: {} };
const DENY: Decision = { verdict: 'deny', options: { reason: 'Not needed.' } };
const TAKE: Decision = { verdict: 'take-ownership' };

async function open(options: WindowOptions = {}, accounts?: AccountsChange) {
  const place = await openEditorPlace(accounts);
  const window = await openWindow(place, options);
  window.host.reply(willing);
  return { place, ...window, at: (name: string) => requestAt(place, name) };
}

describe('the button that names the act carries out exactly that', () => {
  test.each([
    ['approve', APPROVE, 'unsigned-downloads', 'Approve pdf-merge-portable.exe', 'Approve "pdf-merge-portable.exe"?'],
    ['deny', DENY, 'unsigned-downloads', 'Deny pdf-merge-portable.exe', 'Deny "pdf-merge-portable.exe"?'],
    [
      'take-ownership',
      TAKE,
      'obsidian-contoso',
      /^Take ownership of obsidian.*\.exe$/i,
      /^Take ownership of "obsidian/i,
    ],
    ['approve', APPROVE, 'abr-expiring', 'Approve scansnap-update.exe', 'Approve "scansnap-update.exe"?'],
    ['deny', DENY, 'abr-cmd', 'Deny cmd.exe', 'Deny "cmd.exe"?'],
  ] as const)('%s', async (verdict, decision, name, button, message) => {
    const { place, host, decider, at } = await open();
    const result = await decider.decide([at(name)], decision);
    expect(result).toMatchObject({ status: 'applied' });
    expect(writesIn(place)).toEqual([`${verdict} applied`]);
    const [question, ...others] = questions(host);
    expect(others).toEqual([]);
    expect(question?.message).toMatch(message);
    expect(question?.actions).toEqual(['Show Everything', expect.stringMatching(button)]);
    expect(question?.detail).toContain('(SANDBOX)');
    expect(notices(host)).toMatchObject([{ level: 'info', message: expect.stringMatching(/: /) }]);
  });

  test('on several at once, each in the dialog with what would be sent', async () => {
    const { place, host, decider, at } = await open();
    const names = ['obsidian-contoso', 'unsigned-downloads', 'usb-read'];
    const result = await decider.decide(names.map(at), DENY);
    expect(result).toMatchObject({ status: 'applied', targets: [{}, {}, {}] });
    expect(writesIn(place)).toEqual(['deny applied', 'deny applied', 'deny applied']);
    const [question] = questions(host);
    expect(question).toMatchObject({ message: 'Deny 3 requests?', actions: ['Show Everything', 'Deny 3 requests'] });
    for (const name of names) expect(question?.detail).toContain(`Request: ${at(name)} (SANDBOX)`);
    expect(notices(host)).toMatchObject([
      { message: 'Deny 3 requests: 3 of 3 were carried out.', actions: ['Show Details'] },
    ]);
  });

  test('the journal has it as signed, by the key of this editor', async () => {
    const { place, keys, decider, at } = await open();
    await decider.decide([at('abr-cmd')], DENY);
    const ledger = ledgerIn(place);
    const key = (await keys.get())?.publicKey.id;
    expect(await ledger.list({ limit: 2 })).toMatchObject([
      { phase: 'applied', answered: { channel: 'extension', countersignature: { verdict: 'deny', key } } },
    ]);
    expect(await ledger.verify()).toEqual([]);
  });
});

describe('nothing is sent', () => {
  const nothing = async (
    name: string,
    decision: Decision,
    reply: Parameters<Awaited<ReturnType<typeof open>>['host']['reply']>[0],
  ) => {
    const it = await open();
    it.host.reply(reply);
    expect(await it.decider.decide([it.at(name)], decision)).toBeNull();
    expect(writesIn(it.place)).toEqual([]);
    // Nothing is left open that would keep anybody from deciding.
    expect(await ledgerIn(it.place).list({ limit: 2 })).toMatchObject([{ phase: 'refused', answered: null }]);
    it.host.reply(willing);
    expect(await it.decider.decide([it.at(name)], DENY)).toMatchObject({ status: 'applied' });
    expect(writesIn(it.place)).toEqual(['deny applied']);
    return it;
  };

  test.each([
    ['an approval', APPROVE],
    ['a denial', DENY],
    ['a taking of ownership', TAKE],
  ])('when the dialog of %s is closed', async (_what, decision) => {
    const { host } = await nothing('unsigned-downloads', decision, () => null);
    expect(notices(host)).toHaveLength(1);
  });

  describe('when a stop speaks against it', () => {
    async function atStop() {
      const it = await open();
      const draft = { application: { file: 'invoice.pdf.exe', path: 'C:\\Tools' } };
      const { reference } = it.place.arrival('admin-by-request', draft);
      return { ...it, reference: reference as RequestReference };
    }

    test.each(['approve invoice.pdf.exe', 'despite masquerade', 'deny invoice.pdf.exe despite masquerade', ''])(
      'and "%s" is typed in place of the phrase',
      async (text) => {
        const { place, host, decider, reference } = await atStop();
        host.reply((asked) => (asked.kind === 'input' ? text : willing(asked)));
        expect(await decider.decide([reference], APPROVE)).toBeNull();
        expect(questions(host)).toEqual([]);
        expect(writesIn(place)).toEqual([]);
        expect(notices(host)).toMatchObject([{ level: 'warning', message: expect.stringMatching(/nothing was sent/) }]);
      },
    );

    test('and the dialog after the phrase is closed', async () => {
      const { place, host, decider, reference } = await atStop();
      host.reply((asked) => (asked.kind === 'input' ? willing(asked) : null));
      expect(await decider.decide([reference], APPROVE)).toBeNull();
      expect(questions(host)).toHaveLength(1);
      expect(writesIn(place)).toEqual([]);
    });

    test('but with the phrase and the button it is approved', async () => {
      const { place, host, decider, reference } = await atStop();
      expect(await decider.decide([reference], APPROVE)).toMatchObject({ status: 'applied' });
      expect(host.asked[0]).toMatchObject({
        kind: 'input',
        prompt: expect.stringMatching(/named like a document.*type "approve invoice\.pdf\.exe despite masquerade"/),
      });
      expect(questions(host)[0]?.detail).toMatch(/^STOP: A program that is named like a document\./m);
      expect(writesIn(place)).toEqual(['approve applied']);
    });

    test('and a denial asks for no phrase', async () => {
      const { place, host, decider, reference } = await atStop();
      expect(await decider.decide([reference], DENY)).toMatchObject({ status: 'applied' });
      expect(host.asked.map(({ kind }) => kind)).toEqual(['ask', 'notify']);
      expect(writesIn(place)).toEqual(['deny applied']);
    });
  });

  test('when the plan runs out while its dialog is open, and that is said', async () => {
    const { place, host, clock, decider, at } = await open();
    host.reply((asked) => {
      if (asked.kind === 'ask') clock.ahead = 11 * 60_000;
      return willing(asked);
    });
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ status: 'expired' });
    expect(writesIn(place)).toEqual([]);
    expect(notices(host)).toMatchObject([
      {
        level: 'warning',
        message: expect.stringMatching(
          /^Deny "cmd\.exe": It ended meanwhile.*Nobody answered in time\. Nothing was sent\.$/,
        ),
      },
    ]);
  });

  test('by a dialog whose person asks about the same anew, here or in another window; the newer one counts', async () => {
    const { place, host, decider, at } = await open();
    const other = await openWindow(place);
    other.host.reply(willing);
    host.reply(async (asked) => {
      if (asked.kind === 'ask') {
        expect(await other.decider.decide([at('abr-cmd')], DENY)).toMatchObject({ status: 'applied' });
      }
      return willing(asked);
    });
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ status: 'refused' });
    expect(writesIn(place)).toEqual(['deny applied']);
    expect(notices(host)).toMatchObject([
      {
        message: expect.stringMatching(
          /It ended meanwhile.*Its person asked for a decision on it anew\. Nothing was sent\.$/,
        ),
      },
    ]);
  });

  test('when the request is decided by somebody else while the dialog is open, and that is said', async () => {
    const { place, host, decider, at } = await open();
    host.reply((asked) => {
      if (asked.kind === 'ask') place.sandbox.rivalDecides('admin-by-request', place.sandbox.id('abr-cmd'), 'approve');
      return willing(asked);
    });
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ status: 'already-handled' });
    expect(writesIn(place)).toEqual([]);
  });

  test('without a keyring, and before anything is read', async () => {
    const { place, host, decider, at } = await open({ isKeyringBroken: true });
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ decision: null, status: 'refused' });
    expect(place.sandbox.calls).toEqual([]);
    expect(questions(host)).toEqual([]);
    expect(notices(host)).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/keyring.*Nothing was sent\.$/) },
    ]);
  });

  test('without a ledger', async () => {
    const { host, decider, place, at } = await open({ hasSqlite: false });
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ decision: null, status: 'refused' });
    expect(questions(host)).toEqual([]);
    expect(writesIn(place)).toEqual([]);
    expect(notices(host)).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/SQLite.*Nothing was sent\.$/) },
    ]);
  });

  test('when the accounts file is broken', async () => {
    const { place, host, decider, at } = await open();
    await place.settingsText('{');
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ decision: null, status: 'refused' });
    expect(questions(host)).toEqual([]);
    expect(notices(host)).toHaveLength(1);
  });

  test('where the account takes no answer in an editor, and nobody is asked in vain', async () => {
    const { host, decider, at } = await open({}, { adminByRequest: { channels: ['terminal'] } });
    expect(await decider.decide([at('abr-cmd')], DENY)).toMatchObject({ status: 'refused', by: 'guardrail' });
    expect(questions(host)).toEqual([]);
    expect(notices(host)).toMatchObject([{ message: expect.stringMatching(/"acme-abr".*in an editor/) }]);
  });

  test.each<readonly [string, string, FaultAction | null, string]>([
    ['it was decided before', 'abr-denied', null, 'already-handled'],
    ['the vendor fails', 'abr-cmd', { kind: 'status', status: 500 }, 'not-applied'],
    ['the vendor refuses the secret', 'abr-cmd', { kind: 'status', status: 401 }, 'not-applied'],
  ])('when %s, which is said before anybody is asked', async (_what, name, action, status) => {
    const { place, host, decider, at } = await open();
    if (action) place.sandbox.faults.add({ when: { vendor: 'admin-by-request' }, do: action });
    expect(await decider.decide([at(name)], DENY)).toMatchObject({ status });
    expect(questions(host)).toEqual([]);
    expect(notices(host)).toMatchObject([{ message: expect.stringMatching(/nothing was sent\.$/i) }]);
    expect(writesIn(place)).toEqual([]);
  });
});

test('a choice that is missing is the caller’s to ask for', async () => {
  const { place, host, decider, at } = await open();
  const result = await decider.decide([at('shared-dll')], APPROVE);
  expect(result).toMatchObject({ status: 'needs-choice' });
  expect(result?.choices?.length).toBeGreaterThan(1);
  expect(host.asked).toEqual([]);
  expect(writesIn(place)).toEqual([]);
});

describe('where the dialog has no room for all', () => {
  const references = (place: Place) =>
    Array.from(
      { length: 12 },
      (_, index) =>
        place.arrival('admin-by-request', { application: { file: `tool-${index}.exe`, path: 'C:\\Tools' } })
          .reference as RequestReference,
    );

  test('it can be confirmed only once everything was shown, and names every subject before', async () => {
    const { place, host, decider } = await open();
    const all = references(place);
    // "Answer" on the notification beside the text.
    host.reply((asked) => (asked.kind === 'notify' ? (asked.actions[0] ?? null) : willing(asked)));
    expect(await decider.decide(all, DENY)).toMatchObject({ status: 'applied' });
    const [first, second, ...others] = questions(host);
    expect(others).toEqual([]);
    expect(first?.actions).toEqual(['Show Everything']);
    expect(second?.actions).toEqual(['Show Everything', 'Deny 12 requests']);
    expect(first?.detail).toMatch(/^Shown are \d of the 12 requests/m);
    expect(first?.detail.split('\n').length).toBeLessThanOrEqual(33);
    for (const index of all.keys()) expect(first?.detail).toContain(`"tool-${index}.exe"`);
    const [why, ...told] = first?.detail.split('\n') ?? [];
    expect(why).toMatch(/can be confirmed after "Show Everything"/);
    expect(second?.detail).toEqual(told.join('\n'));
    for (const reference of all) expect(host.opened[0]).toContain(`Request: ${reference} (SANDBOX)`);
    expect(writesIn(place)).toHaveLength(12);
  });

  test('nothing is sent when the act is answered before, or what is shown is not gone on from', async () => {
    const { place, host, decider } = await open();
    const all = references(place);
    host.reply((asked) => (asked.kind === 'ask' ? 'Deny 12 requests' : null));
    expect(await decider.decide(all, DENY)).toBeNull();
    expect(host.opened).toEqual([]);
    host.reply((asked) => (asked.kind === 'ask' ? 'Show Everything' : null));
    expect(await decider.decide(all, DENY)).toBeNull();
    expect(host.opened).toHaveLength(1);
    expect(writesIn(place)).toEqual([]);
  });
});
