import { fileHash, type Identities } from '../../random.ts';
import type { Application, OsType } from '../model.ts';
import { builtInName } from '../research.ts';
import { BUILT_INS } from './built-ins.ts';
import { type OrganizationKey, organizationId } from './organizations.ts';
import { SIGNERS } from './signers.ts';

/** Seed 1 names these two. */
const ADOBE = {
  applicationId: '4cc1729d-8727-43de-b379-f3df4fe6055a',
  researchApplicationId: '6c9b00c3-20d5-42b3-b44a-8c2e186e208a',
};

interface Custom {
  readonly owner: OrganizationKey;
  readonly name: string;
  readonly osType: OsType;
  readonly maintenance: boolean;
  readonly files?: readonly string[];
  readonly subjects?: readonly string[];
}

const CUSTOM: readonly Custom[] = [
  { owner: 'northwind', name: 'Approved Utilities', osType: 1, maintenance: true },
  { owner: 'northwind', name: 'Northwind Remote Toolkit', osType: 1, maintenance: false, subjects: [SIGNERS.putty] },
  { owner: 'northwind', name: 'Payroll (all customers)', osType: 1, maintenance: true, subjects: [SIGNERS.payroll] },
  { owner: 'northwind', name: 'Mac Utilities', osType: 2, maintenance: true },
  { owner: 'northwind', name: 'Linux Utilities', osType: 3, maintenance: true },
  { owner: 'contoso', name: 'Dental Imaging Suite', osType: 1, maintenance: true },
  { owner: 'contoso', name: 'Reception Desk', osType: 1, maintenance: false },
  { owner: 'fabrikam', name: 'Warehouse Label Designer', osType: 1, maintenance: true, files: ['vcruntime140.dll'] },
  { owner: 'fabrikam', name: 'Payroll Bridge', osType: 1, maintenance: true, files: ['payroll-connect'] },
  { owner: 'rotterdam', name: 'Depot Scanners', osType: 3, maintenance: true },
  { owner: 'adatum', name: 'Adatum Recipes', osType: 1, maintenance: true, files: ['obsidian'] },
];

export function applications(ids: Identities, masterOrganizationId: string): Application[] {
  const builtIns = BUILT_INS.map(({ product, osType, subjects, files }): Application => {
    const known = product === 'Adobe Acrobat' ? ADOBE : undefined;
    return {
      applicationId: known?.applicationId ?? ids.guid(`built-in/${product}`),
      name: builtInName(product),
      organizationId: masterOrganizationId,
      osType,
      rules: rules(files ?? [], subjects),
      maintenance: false,
      isMaintained: true,
      researchApplicationId: known?.researchApplicationId ?? ids.guid(`research/${product}`),
    };
  });
  const custom = CUSTOM.map(
    ({ owner, name, osType, maintenance, files, subjects }): Application => ({
      applicationId: ids.guid(`application/${owner}/${name}`),
      name,
      organizationId: organizationId(ids, owner),
      osType,
      rules: rules(files ?? [], subjects ?? []),
      maintenance,
      isMaintained: false,
      researchApplicationId: null,
    }),
  );
  return [...builtIns, ...custom];
}

function rules(files: readonly string[], subjects: readonly string[]): Application['rules'] {
  return {
    hashes: files.map((name) => fileHash('threatlocker', name)),
    sha256s: files.map((name) => fileHash('sha256', name)),
    certificateSubjects: [...subjects],
  };
}
