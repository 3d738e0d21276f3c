import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import { type Ask, type Connection, rowsOf } from './connection.ts';
import { applicationDto, computerGroupDto, dropdownOption } from './dto.ts';
import { isMissingAddress } from './organizations.ts';

/** An application together with the vendor's own record of it, which PermitApplication wants back. */
export interface ApplicationRecord {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  readonly record: JsonObject;
}

/**
 * Applications kept by ThreatLocker belong to an organization of this name (seen live). Where the owner isn't told, their own
 * name does, which ends like that in the vendor's article: "Adobe Acrobat (Built-In)".
 */
export function isBuiltIn({ name, organizationName }: Pick<ApplicationRecord, 'name' | 'organizationName'>): boolean {
  if (organizationName === null) return /\(built-?in\)\s*$/i.test(name);
  return organizationName.toLowerCase() === 'master';
}

/** What identifies the requested file. Values of another file in the same call give wrong matches (the vendor's article). */
export interface FileIdentity {
  readonly hash: string | null;
  readonly sha256: string | null;
  readonly path: string | null;
  readonly processPath: string | null;
  readonly certs: JsonValue;
  readonly createdBys: readonly string[];
  readonly osType: number;
}

/** Applications that the file already belongs to. The permit record's own `hasMatchingApplication` can't be relied on (seen live). */
export async function readMatching(
  connection: Connection,
  file: FileIdentity,
  ask: Ask,
): Promise<readonly ApplicationRecord[]> {
  // Nulls are left out: the calls that were seen to work carried none.
  const body = Object.fromEntries(Object.entries(file).filter(([, value]) => value !== null));
  const answer = await connection.post('Application/ApplicationGetMatchingList', body, ask);
  const said = isJsonObject(answer.body) ? answer.body : {};
  const list = said['matchingApplications'] ?? null;
  const claim = said['hasMatching'] ?? null;
  const rows = isJsonArray(list) ? list : [];
  const applications = rows.flatMap(applicationIn);
  const saysNone = claim === false ? list === null || isJsonArray(list) : claim === null && isJsonArray(list);
  // "Matches, but none that can be read" must not pass for "none", nor must an answer that contradicts itself.
  if (applications.length !== rows.length || (rows.length === 0 && !saysNone)) {
    throw new VendorError(
      'malformed',
      "ThreatLocker's list of matching applications could not be read, so it is unknown whether the file matches one. Look in the portal.",
    );
  }
  return applications;
}

/** Applications that a file may be added to; those of parent organizations are among them. */
export async function readForAdding(
  connection: Connection,
  question: { readonly organizationId: string; readonly osType: number; readonly search: string },
  ask: Ask,
): Promise<readonly ApplicationRecord[]> {
  const { osType, search } = question;
  try {
    const answer = await connection.get(
      'Application/ApplicationGetListForAddToApplication',
      { osType, searchText: search },
      ask,
    );
    return rowsOf(answer, 'applications').flatMap(applicationIn);
  } catch (error) {
    // Only the vendor's article names that address; its OpenAPI document has this one instead.
    if (!isMissingAddress(error)) throw error;
    const body = {
      organizationId: question.organizationId,
      osType,
      includeBuiltIn: false,
      searchText: search,
      onlyPermitted: false,
    };
    const answer = await connection.post('Application/ApplicationGetForApplicationOptions', body, ask);
    return rowsOf(answer, 'applications').flatMap(applicationIn);
  }
}

export async function readForMaintenance(
  connection: Connection,
  osType: number,
  ask: Ask,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const answer = await connection.get('Application/ApplicationGetForMaintenanceMode', { osType }, ask);
  return rowsOf(answer, 'applications').flatMap((row) => {
    const option = dropdownOption.safeParse(row).data;
    return option?.label && option.value ? [{ id: option.value, name: option.label }] : [];
  });
}

export interface ComputerGroupRecord {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  /** Unless the vendor says that a group is not global, it may be. */
  readonly isGlobal: boolean;
  readonly record: JsonObject;
}

export async function readGroups(
  connection: Connection,
  osType: number,
  ask: Ask,
): Promise<readonly ComputerGroupRecord[]> {
  const answer = await connection.get('ComputerGroup/ComputerGroupGetForPermitApplication', { osType }, ask);
  return rowsOf(answer, 'computer groups').flatMap((row) => {
    const group = computerGroupDto.safeParse(row).data;
    if (!group?.computerGroupId || !isJsonObject(row)) return [];
    return [
      {
        id: group.computerGroupId,
        name: group.name ?? group.computerGroupId,
        organizationId: group.organizationId,
        organizationName: group.organizationName,
        isGlobal: group.isGlobal !== false,
        record: row,
      },
    ];
  });
}

function applicationIn(row: JsonValue): readonly ApplicationRecord[] {
  const application = applicationDto.safeParse(row).data;
  if (!application?.applicationId || !isJsonObject(row)) return [];
  return [
    {
      id: application.applicationId,
      name: application.name ?? application.applicationName ?? application.applicationId,
      organizationId: application.organizationId,
      organizationName: application.organizationName,
      record: row,
    },
  ];
}
