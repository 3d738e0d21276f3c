import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../shared/src/sandbox/index.ts';
import { type Answer, dig, organizationOf, rows, sandboxForTest, threatLocker } from './helpers.ts';

const MATCH = 'Application/ApplicationGetMatchingList';
const ADD = 'Application/ApplicationGetListForAddToApplication';
const OPTIONS = 'Application/ApplicationGetForApplicationOptions';
const MAINTENANCE = 'Application/ApplicationGetForMaintenanceMode';
const RESEARCH = 'Application/ApplicationGetResearchDetailsById';
const ADOBE = '4cc1729d-8727-43de-b379-f3df4fe6055a';

function match(sandbox: Sandbox, name: string, body: object = {}): Promise<Answer> {
  const request = sandbox.raw('threatlocker', sandbox.id(name));
  return threatLocker(sandbox, MATCH, {
    organization: organizationOf(sandbox, name),
    body: {
      hash: request?.file.hash,
      sha256: request?.file.sha256,
      path: request?.file.fullPath,
      certs: request?.file.certs,
      createdBys: request?.file.installedBy,
      osType: request?.osType,
      ...body,
    },
  });
}

function matches(answer: Answer): unknown[] {
  const found = dig(answer.json, 'matchingApplications');
  return Array.isArray(found) ? found.map((row) => [dig(row, 'organizationName'), dig(row, 'name')]) : [];
}

describe('ApplicationGetMatchingList', () => {
  test('finds a built-in and an unrelated application for a shared library', async () => {
    const sandbox = await sandboxForTest();
    const answer = await match(sandbox, 'shared-dll');
    expect(dig(answer.json, 'hasMatching')).toBe(true);
    expect(matches(answer)).toEqual([
      ['master', 'Microsoft Visual C++ Redistributable (Built-In)'],
      ['Fabrikam Logistics', 'Warehouse Label Designer'],
    ]);
  });

  test('finds nothing for a file that no application holds', async () => {
    const sandbox = await sandboxForTest();
    const answer = await match(sandbox, 'unsigned-downloads');
    expect(answer.json).toEqual({ matchingApplications: [], hasMatching: false });
  });

  test('does not show another customer’s application, though it holds the file', async () => {
    const sandbox = await sandboxForTest();
    expect(dig((await match(sandbox, 'obsidian-contoso')).json, 'hasMatching')).toBe(false);
  });

  test('finds own, parent’s and built-in applications at once', async () => {
    const sandbox = await sandboxForTest();
    expect(matches(await match(sandbox, 'payroll'))).toEqual([
      ['master', 'Payroll Connect (Built-In)'],
      ['Northwind Managed IT', 'Northwind Managed IT\\Payroll (all customers)'],
      ['Fabrikam Logistics', 'Payroll Bridge'],
    ]);
  });

  test('does not trust an invalid certificate, nor match another system', async () => {
    const sandbox = await sandboxForTest();
    const certs = sandbox.raw('threatlocker', sandbox.id('anydesk'))?.file.certs ?? [];
    expect(matches(await match(sandbox, 'anydesk'))).toEqual([['master', 'AnyDesk (Built-In)']]);
    const invalid = certs.map((cert) => ({ ...cert, validCert: false }));
    expect(matches(await match(sandbox, 'anydesk', { certs: invalid }))).toEqual([]);
    expect(matches(await match(sandbox, 'anydesk', { osType: 2 }))).toEqual([]);
  });

  test('mixes the applications of two files whose identifiers are mixed', async () => {
    const sandbox = await sandboxForTest();
    const certs = sandbox.raw('threatlocker', sandbox.id('anydesk'))?.file.certs;
    expect(matches(await match(sandbox, 'shared-dll', { certs }))).toHaveLength(3);
  });
});

describe('applications to add to', () => {
  test('are the organization’s own and its parents’, under the parent’s name', async () => {
    const sandbox = await sandboxForTest();
    const found = rows(
      await threatLocker(sandbox, ADD, {
        organization: sandbox.threatLocker.organizations.contoso,
        query: { osType: '1', searchText: 'RE' },
      }),
    );
    expect(found.map((row) => [dig(row, 'name'), dig(row, 'applicationName')])).toEqual([
      ['Northwind Managed IT\\Northwind Remote Toolkit', 'Northwind Remote Toolkit'],
      ['Reception Desk', 'Reception Desk'],
    ]);
  });

  test('need a system', async () => {
    const sandbox = await sandboxForTest();
    const answer = await threatLocker(sandbox, ADD);
    expect([answer.status, dig(answer.json, 'Message')]).toEqual([417, 'Invalid Operating System Type']);
  });

  test('come from the other endpoint where this one is missing', async () => {
    const sandbox = await sandboxForTest({ threatLocker: { listForAddToApplication: 'not-found' } });
    const organization = sandbox.threatLocker.organizations.contoso;
    expect((await threatLocker(sandbox, ADD, { query: { osType: '1' } })).status).toBe(404);
    const body = { organizationId: organization, osType: 1, includeBuiltIn: false, searchText: 'dental' };
    const custom = rows(await threatLocker(sandbox, OPTIONS, { organization, body }));
    expect(custom.map((row) => dig(row, 'name'))).toEqual(['Dental Imaging Suite']);
    const foreign = { ...body, organizationId: sandbox.threatLocker.organizations.fabrikam };
    expect((await threatLocker(sandbox, OPTIONS, { organization, body: foreign })).status).toBe(417);
    const all = await threatLocker(sandbox, OPTIONS, {
      organization,
      body: { ...body, includeBuiltIn: true, searchText: '' },
    });
    expect(rows(all).map((row) => dig(row, 'organizationName'))).toContain('master');
  });

  test('for a maintenance mode are rows of a drop-down list, and need a permission', async () => {
    const sandbox = await sandboxForTest();
    const organization = sandbox.threatLocker.organizations.contoso;
    const found = rows(await threatLocker(sandbox, MAINTENANCE, { organization, query: { osType: '1' } }));
    expect(found.map((row) => dig(row, 'label'))).toEqual([
      'Northwind Managed IT\\Approved Utilities',
      'Dental Imaging Suite',
      'Northwind Managed IT\\Payroll (all customers)',
    ]);
    expect(found[0]).toMatchObject({ disabled: false, featureConfigurationIds: [], parentId: null });
    const viewer = { organization, query: { osType: '1' }, token: sandbox.threatLocker.tokens.viewer };
    expect((await threatLocker(sandbox, MAINTENANCE, viewer)).status).toBe(401);
  });
});

describe('ApplicationGetResearchDetailsById', () => {
  test('answers seed 1’s record for Adobe Acrobat', async () => {
    const sandbox = await sandboxForTest();
    const { json } = await threatLocker(sandbox, RESEARCH, { query: { applicationId: ADOBE } });
    expect(json).toEqual({
      researchApplicationId: '6c9b00c3-20d5-42b3-b44a-8c2e186e208a',
      productName: 'Adobe Acrobat',
      clientApplicationName: 'Adobe Acrobat (Built-In)',
      productDescription:
        'Adobe Acrobat is used to view, create, print, and manage PDF (Portable Document Format) files.',
      clientDescription: '',
      osType: 1,
      remediationText:
        'Evaluate the need for this software. If it is required for business use, limit access to high-risk applications, files, and the ability to reach out to the internet.',
      potentialRiskStrategyText:
        'Vulnerabilities may result in unauthorized access to sensitive documents, leading to potential data breaches, intellectual property theft, or manipulation of critical documents.',
      reviewRating: 4,
      concernRating: 3,
      businessRating: 6,
      countriesWhereCodeCompiled: [
        { name: 'India', code: 'IN', tooltip: 'Development Influence: India' },
        { name: 'United States', code: 'US', tooltip: 'Company Influence: United States' },
      ],
      categories: ['PDF Software'],
      accessLevels: [
        { displayName: 'Applications', value: 'RF applications', isProtected: true, orderBy: 1 },
        { displayName: 'File', value: 'RF File Access', isProtected: false, orderBy: 2 },
        { displayName: 'Internet', value: 'RF Internet', isProtected: false, orderBy: 3 },
        { displayName: 'Registry', value: 'RF Registry', isProtected: false, orderBy: 4 },
      ],
    });
  });

  test('has a record for each of 24 built-ins, null for a custom one, and 417 for none', async () => {
    const sandbox = await sandboxForTest();
    const all = await Promise.all(
      [1, 2, 3].map((osType) =>
        threatLocker(sandbox, OPTIONS, { body: { osType, includeBuiltIn: true, searchText: '' } }),
      ),
    );
    const research = async (row: unknown): Promise<unknown> =>
      (await threatLocker(sandbox, RESEARCH, { query: { applicationId: String(dig(row, 'applicationId')) } })).json;
    const found = all.flatMap(rows);
    const builtIns = found.filter((row) => dig(row, 'organizationName') === 'master');
    expect(builtIns).toHaveLength(24);
    for (const row of builtIns) expect(dig(await research(row), 'clientApplicationName')).toBe(dig(row, 'name'));
    expect(await research(found.find((row) => dig(row, 'organizationName') !== 'master'))).toBeNull();
    expect((await threatLocker(sandbox, RESEARCH, { query: { applicationId: 'x' } })).status).toBe(417);
  });
});

describe('organizations and groups', () => {
  test('children and grandchildren with id and name, or 404 if told so', async () => {
    const sandbox = await sandboxForTest();
    const path = 'Organization/OrganizationGetChildrenIdsAndName';
    const { contoso, harbor } = sandbox.threatLocker.organizations;
    expect(rows(await threatLocker(sandbox, path))).toHaveLength(4);
    expect((await threatLocker(sandbox, path, { organization: contoso })).json).toEqual([
      { organizationId: harbor, name: 'Contoso Harbor Clinic' },
    ]);
    const without = await sandboxForTest({ threatLocker: { childrenIdsAndName: 'not-found' } });
    expect((await threatLocker(without, path)).status).toBe(404);
  });

  test('every organization that the token reaches, as a drop-down list', async () => {
    const sandbox = await sandboxForTest();
    const found = rows(await threatLocker(sandbox, 'Organization/OrganizationGetForMoveComputers'));
    expect(found.map((row) => dig(row, 'label'))).toEqual([
      'Northwind Managed IT',
      'Contoso Dental Group',
      'Contoso Harbor Clinic',
      'Fabrikam Logistics',
      'Fabrikam Rotterdam Depot',
    ]);
    expect(dig(found, '0.value')).toBe(sandbox.threatLocker.organizationId);
  });

  test('the tree is nested', async () => {
    const sandbox = await sandboxForTest();
    const { contoso, harbor } = sandbox.threatLocker.organizations;
    const { json } = await threatLocker(sandbox, 'Organization/OrganizationGetListForNav');
    expect(dig(json, '0.organizationHierarchyDtos.0')).toMatchObject({
      organizationId: contoso,
      parentId: dig(json, '0.organizationId'),
    });
    expect(dig(json, '0.organizationHierarchyDtos.0.organizationHierarchyDtos.0')).toMatchObject({
      organizationId: harbor,
      parentId: contoso,
      organizationHierarchyDtos: [],
    });
  });

  test('groups are the organization’s own and the global one of that system', async () => {
    const sandbox = await sandboxForTest();
    const found = rows(
      await threatLocker(sandbox, 'ComputerGroup/ComputerGroupGetForPermitApplication', {
        organization: sandbox.threatLocker.organizations.fabrikam,
        query: { osType: '1' },
      }),
    );
    expect(found.map((row) => [dig(row, 'organizationName'), dig(row, 'name'), dig(row, 'isGlobal')])).toEqual([
      ['Fabrikam Logistics', 'Workstations', false],
      ['Fabrikam Logistics', 'Servers', false],
      ['Northwind Managed IT', 'Global - Windows', true],
    ]);
  });
});

describe('the unified audit', () => {
  const SEARCH = 'ActionLog/ActionLogGetByParametersV2';
  const HISTORY = 'ActionLog/ActionLogGetAllForFileHistoryV2';
  const search = {
    startDate: '2026-10-01T00:00:00Z',
    endDate: '2026-10-06T00:00:00Z',
    sourceTableId: 1,
    paramsFieldsDto: [],
  };
  const headers = { usenewsearch: 'true' };

  test('needs its header, its four members and dates in order', async () => {
    const sandbox = await sandboxForTest();
    expect((await threatLocker(sandbox, SEARCH, { body: search })).status).toBe(500);
    for (const name of Object.keys(search)) {
      const body = { ...search, [name]: undefined };
      expect((await threatLocker(sandbox, SEARCH, { body, headers })).status).toBe(500);
    }
    const reversed = { ...search, startDate: search.endDate, endDate: search.startDate };
    const answer = await threatLocker(sandbox, SEARCH, { body: reversed, headers });
    expect([answer.status, dig(answer.json, 'Message')]).toEqual([417, 'Invalid Date Range']);
  });

  test('finds what was denied on a computer', async () => {
    const sandbox = await sandboxForTest();
    const body = { ...search, showChildOrganizations: true, hostname: 'CONTOSO-FRONT-02', pageNumber: 1, pageSize: 10 };
    const found = rows(await threatLocker(sandbox, SEARCH, { body, headers }));
    expect(found.map((row) => dig(row, 'actionType'))).toEqual(['execute', 'elevate']);
    const earlier = { ...body, endDate: '2026-10-05T11:45:00Z' };
    const before = rows(await threatLocker(sandbox, SEARCH, { body: earlier, headers }));
    expect(before.map((row) => dig(row, 'actionType'))).toEqual(['elevate']);
    const later = { ...body, startDate: '2026-10-05T11:45:00Z', pageNumber: undefined };
    expect(rows(await threatLocker(sandbox, SEARCH, { body: later, headers }))).toHaveLength(1);
    const noDate = await threatLocker(sandbox, SEARCH, { body: { ...body, startDate: 'soon' }, headers });
    expect(noDate.status).toBe(417);
  });

  test('finds what a user did, keeps 31 days, and fails for a parent that leaves its children out', async () => {
    const sandbox = await sandboxForTest();
    for (const days of [30, 32]) {
      sandbox.arrive({
        vendor: 'threatlocker',
        name: `old-${days}`,
        username: 'CONTOSO\\old',
        minutesAgo: days * 24 * 60,
      });
    }
    const body = {
      ...search,
      startDate: '2026-01-01T00:00:00Z',
      showChildOrganizations: true,
      username: 'contoso\\OLD',
    };
    const found = rows(await threatLocker(sandbox, SEARCH, { body, headers }));
    expect(found.map((row) => dig(row, 'fullPath'))).toEqual(['C:\\Users\\jordan.lee\\Downloads\\old-30.exe']);
    const alone = { ...body, showChildOrganizations: false };
    expect((await threatLocker(sandbox, SEARCH, { body: alone, headers })).status).toBe(500);
    const { harbor } = sandbox.threatLocker.organizations;
    expect((await threatLocker(sandbox, SEARCH, { body: alone, headers, organization: harbor })).status).toBe(200);
  });

  test('needs View Unified Audit in that organization', async () => {
    const sandbox = await sandboxForTest();
    const { viewer, customer } = sandbox.threatLocker.tokens;
    const query = { fullPath: 'x', hostname: 'x' };
    const asked = async (token: string): Promise<readonly unknown[]> => {
      const body = { ...search, showChildOrganizations: true };
      const answers = [
        await threatLocker(sandbox, SEARCH, { body, headers, token }),
        await threatLocker(sandbox, HISTORY, { query, token }),
      ];
      return answers.map(({ status, json }) => [status, dig(json, 'message')]);
    };
    const refused = [401, "Missing the 'View Unified Audit' permission"];
    expect(await asked(viewer)).toEqual([refused, refused]);
    expect((await asked(customer)).map((answer) => dig(answer, '0'))).toEqual([200, 200]);
  });

  test('tells a file’s history on a computer, which needs both', async () => {
    const sandbox = await sandboxForTest();
    const request = sandbox.raw('threatlocker', sandbox.id('anydesk'));
    const organization = organizationOf(sandbox, 'anydesk');
    const query = { fullPath: request?.file.fullPath ?? '', hostname: request?.hostname ?? '' };
    expect(rows(await threatLocker(sandbox, HISTORY, { organization, query }))).toMatchObject([
      { fullPath: query.fullPath, effectiveAction: 'Deny', remotePresence: true },
    ]);
    const elsewhere = { fullPath: query.fullPath, hostname: 'FAB-LT-114' };
    expect((await threatLocker(sandbox, HISTORY, { organization, query: elsewhere })).json).not.toMatchObject([{}]);
    const half = await threatLocker(sandbox, HISTORY, { organization, query: { fullPath: query.fullPath } });
    expect(half.status).toBe(417);
  });
});
