import type { DecisionId } from '@countersign/shared/approval';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Control, DraftField } from '../../../extension/src/review/messages.ts';
import { openReviews, type ReviewWorld, type SeenPage } from './open-review.ts';

const DECISION = 'AAAAAAAAAAAAAAAAAAAAAA' as DecisionId;

let reviews: ReviewWorld;
beforeAll(async () => {
  reviews = await openReviews();
});
afterAll(() => reviews.close());

const control = (page: SeenPage, name: DraftField): Control | undefined => {
  const { controls, more } = page.form('approve');
  return [...controls, ...(more?.controls ?? [])].find((one) => one.name === name);
};

const off = (page: SeenPage, name: DraftField): Readonly<Record<string, string | null>> => {
  const found = control(page, name);
  if (!found || !('options' in found)) throw new Error(`There is no choice of ${name}.`);
  return Object.fromEntries(found.options.map(({ value, off: why }) => [value, why]));
};

/** What one can choose in a control, as far as it is on. */
function values(found: Control): readonly string[] {
  return 'options' in found
    ? found.options.flatMap(({ value, off: why }) => (why === null && value !== '' ? [value] : []))
    : [];
}

describe('what can be chosen', () => {
  test('has a reach that follows', async () => {
    const page = await reviews.page('shared-dll');
    const reach = () => page.form('approve').reach;
    page.choose({ preset: 'own' });
    expect(reach()?.text).toBe('Reach: Permits this exact file on "FAB-LT-087" only.');
    page.choose({ scope: 'organization' });
    expect(reach()).toMatchObject({
      tone: 'doubt',
      text: expect.stringContaining('every computer of "Fabrikam Logistics"'),
    });
    page.choose({ application: 'existing' });
    expect(reach()).toEqual({
      tone: 'doubt',
      text: 'Not complete yet. Choose the application that the file is added to.',
    });
    page.choose({ existing: values(control(page, 'existing') as Control)[0] ?? '' });
    expect(reach()).toMatchObject({
      tone: 'doubt',
      text: expect.stringContaining('How many computers that is, is not known.'),
    });
  });

  test('is what could be read, and says what could not', async () => {
    const body = { message: "Missing the 'Edit Application Control Applications' permission" };
    const withdraw = reviews.world.sandbox.faults.add({
      when: { path: 'ApplicationGetForMaintenanceMode' },
      do: { kind: 'status', status: 401, body },
    });
    const page = await reviews.page('obsidian-harbor');
    withdraw();
    expect(values(control(page, 'preset') as Control)).toContain('narrowest');
    expect(control(page, 'preset')?.hint).toMatch(/maintenance mode could not be read, so none is offered/);
  });

  test('never grows wider by itself: a new choice begins with this computer, and what has to be wider has to be chosen', async () => {
    const page = await reviews.page('shared-dll');
    page.choose({ preset: 'own', scope: 'organization', application: 'matching' });
    expect(page.decide.values).toMatchObject({ scope: 'computer', matching: '' });
    const [builtIn] = values(control(page, 'matching') as Control);
    page.choose({ matching: builtIn ?? '' });
    expect(page.decide.values.scope).toBe('');
    expect(off(page, 'scope')).toEqual({
      computer: expect.stringMatching(/whole organization only/),
      group: expect.stringMatching(/whole organization only/),
      organization: null,
    });
    expect(control(page, 'rule')).toBeUndefined();
    page.choose({ application: 'new' });
    expect(page.decide.values).toMatchObject({ scope: 'computer', rule: 'hash' });
  });

  test('is a maintenance mode only with an application that is offered for one, on this computer', async () => {
    const page = await reviews.page('obsidian-contoso');
    page.choose({ preset: 'own' });
    expect(off(page, 'rule')['maintenance']).toMatch(/Only with an application that exists/);
    page.choose({ application: 'existing' });
    const select = control(page, 'existing');
    const named = (text: string) =>
      select && 'options' in select ? (select.options.find(({ label }) => label.includes(text))?.value ?? '') : '';
    page.choose({ existing: named('Reception Desk') });
    expect(off(page, 'rule')['maintenance']).toMatch(/not offered/);
    page.choose({ existing: named('Dental Imaging Suite'), rule: 'maintenance', scope: 'organization' });
    expect(page.decide.values.scope).toBe('computer');
    expect(off(page, 'scope')).toMatchObject({ group: expect.any(String), organization: expect.any(String) });
    page.choose({ existing: named('Reception Desk') });
    expect(page.decide.values.rule).toBe('hash');
  });

  test('is a rule by two properties at least, with values of the request', async () => {
    const page = await reviews.page('shared-dll');
    page.choose({ preset: 'own', rule: 'properties', path: '0' });
    expect(page.form('approve').reach?.text).toMatch(/two properties at least/);
    page.choose({ certificate: '0' });
    expect(page.form('approve').reach?.text).toMatch(/every file that fits the rule/);
    page.choose({ path: 'C:\\*' });
    expect(page.form('approve').reach?.text).toMatch(/two properties at least/);
  });

  test('is no group of others, and none that may be global', async () => {
    const page = await reviews.page('shared-dll');
    page.choose({ preset: 'own', scope: 'group' });
    const select = control(page, 'group');
    const labels = select && 'options' in select ? select.options.map(({ label }) => label) : [];
    expect(labels).toEqual(['Choose one', '"Workstations"', '"Servers"']);
  });

  test('is no group of which the vendor does not say that it is not global', async () => {
    const unsure = await openReviews({
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (!String(url).includes('ComputerGroupGetForPermitApplication')) return answer;
        const groups = (await answer.json()) as readonly { readonly name: string }[];
        const said = groups.map((group) => (group.name === 'Servers' ? { ...group, isGlobal: null } : group));
        return Response.json(said, { headers: { 'content-type': 'application/json' } });
      },
    });
    try {
      const page = await unsure.page('shared-dll');
      page.choose({ preset: 'own', scope: 'group' });
      const select = control(page, 'group');
      const labels = select && 'options' in select ? select.options.map(({ label }) => label) : [];
      expect(labels).toEqual(['Choose one', '"Workstations"']);
    } finally {
      await unsure.close();
    }
  });

  test('is found by a search, and what was chosen before stays', async () => {
    const page = await reviews.page('obsidian-contoso');
    page.choose({ preset: 'own', application: 'existing' });
    const [chosen] = values(control(page, 'existing') as Control);
    page.choose({ existing: chosen ?? '' });
    const draft = { ...page.decide.values, search: 'Reception' };
    page.say({ type: 'search', draft, revision: page.decide.revision });
    await page.until(({ said }) => said.includes('Applications found: 1.'));
    const select = control(page, 'existing');
    expect(select && 'options' in select ? select.options.map(({ label }) => label) : []).toEqual([
      'Choose one',
      expect.any(String),
      '"Reception Desk", of "Contoso Dental Group"',
    ]);
    expect(page.decide.values.existing).toBe(chosen);
  });

  test('ends at a time that lies ahead, a year at most', async () => {
    const page = await reviews.page('obsidian-contoso');
    for (const [expires, wrong] of [
      ['2026-11-20T00:00:00.000Z', /past/],
      ['2028-11-20T00:00:00.000Z', /more than a year/],
      ['tomorrow', /no time/],
    ] as const) {
      page.choose({ expires });
      expect(page.form('approve').reach?.text).toMatch(wrong);
    }
    page.choose({ expires: '2026-12-01T00:00:00.000Z' });
    expect(page.form('approve').reach?.text).toMatch(/^Reach: /);
  });
});

test.each(['shared-dll', 'obsidian-contoso', 'elevate-printer', 'vague-linux', 'payroll'])(
  'of %s every approval that can be chosen can be planned as it stands, with the reach that was told',
  async (name) => {
    const page = await reviews.page(name);
    const { id } = reviews.world.named(name);
    const provider = await reviews.world.provider('acme');
    let tried = 0;
    const check = async () => {
      const { reach } = page.form('approve');
      if (!reach?.text.startsWith('Reach: ')) return;
      const before = reviews.asked.length;
      page.press('approve');
      await page.until(({ decide }) => reviews.asked.length > before && decide.forms[0]?.off === null);
      const decision = reviews.asked.at(-1)?.decision;
      if (!decision) throw new Error('It reached no dialog.');
      const prepared = await provider.prepare(id, decision, DECISION);
      if (prepared.outcome !== 'ready') throw new Error(`${JSON.stringify(decision)}: ${JSON.stringify(prepared)}`);
      expect(reach.text).toContain(provider.describe(prepared.target).reach.sentence);
      tried += 1;
    };
    /** Every way through the choices that follow from those that were made. */
    const walk = async (names: readonly DraftField[]): Promise<void> => {
      const [field, ...rest] = names;
      if (field === undefined) return await check();
      const found = control(page, field);
      const choices = found ? values(found).slice(0, 3) : [];
      if (choices.length === 0) return await walk(rest);
      for (const value of choices) {
        page.choose({ [field]: value });
        await walk(rest);
      }
    };
    page.choose({ elevation: 'elevate', mode: 'learning', path: '0', process: '0' });
    for (const preset of values(control(page, 'preset') as Control)) {
      page.choose({ preset });
      await walk(preset === 'own' ? ['application', 'matching', 'existing', 'rule', 'scope', 'group'] : ['elevation']);
    }
    expect(tried).toBeGreaterThan(10);
  },
  120_000,
);
