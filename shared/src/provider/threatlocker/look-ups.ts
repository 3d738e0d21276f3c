import type { ApprovalRequest } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { Application, PermitOptions, ResearchReport } from '../provider.ts';
import { type ApplicationRecord, type ComputerGroupRecord, isBuiltIn } from './applications.ts';
import type { Ask, Connection } from './connection.ts';
import { isMissingAddress } from './organizations.ts';
import { reachOf, reachOfMatch } from './permit/reach.ts';
import type { PermitRecord } from './permit/record.ts';
import type { Offers } from './permit/selection.ts';
import { suggest } from './permit/suggest.ts';
import { readResearch } from './research.ts';

/** Research is read for so many of the matching applications; a shared library may match dozens. */
const MOST_RESEARCHED = 5;

export function toMatch(application: ApplicationRecord, request: ApprovalRequest): Application {
  return { ...named(application), builtIn: isBuiltIn(application), reach: reachOfMatch(application, request) };
}

function named({ id, name, organizationId, organizationName }: ApplicationRecord | ComputerGroupRecord) {
  return { id, name, owner: { id: organizationId, name: organizationName } };
}

export interface ReportQuestion {
  readonly request: ApprovalRequest;
  readonly permit: PermitRecord;
  readonly offers: Offers;
  readonly ask: Ask;
  /** Left out: the applications that the file matches. */
  readonly applicationId: string | undefined;
}

/** The vendor's research, with what scanners said of the file. */
export async function readReport(connection: Connection, question: ReportQuestion): Promise<ResearchReport> {
  const { request, permit, offers, ask, applicationId } = question;
  const given = applicationId === undefined ? [] : [applicationId];
  const matching = applicationId === undefined ? await offers.matching() : null;
  const wanted = matching === null ? given : matching.map((match) => match.id);
  const ids = wanted.slice(0, MOST_RESEARCHED);
  const found = await Promise.all(
    ids.map((id) => readResearch(connection, id, ask).catch((error: unknown) => unlessNamed(error, applicationId))),
  );
  const failed = found.find((entry) => entry instanceof VendorError);
  const research = found.flatMap((entry) => (entry === null || entry instanceof VendorError ? [] : [entry]));
  const notes = [
    ...(wanted.length === 0 ? ['The file matches no application, so ThreatLocker has no research on it.'] : []),
    ...(failed ? [`Research on some of the matching applications could not be read: ${failed.message}`] : []),
    ...(wanted.length > 0 && research.length === 0 && !failed
      ? ['ThreatLocker has no research on the application.']
      : []),
    ...(wanted.length > ids.length
      ? [`Only ${ids.length} of ${wanted.length} matching applications were looked up.`]
      : []),
  ];
  return {
    scan: permit.scan,
    research,
    matching: matching?.map((application) => toMatch(application, request)) ?? null,
    unread: failed ?? null,
    links: request.links,
    notes,
  };
}

/** Scan and matching applications are worth telling without the research; an application that was asked for is not. */
function unlessNamed(error: unknown, applicationId: string | undefined): VendorError {
  if (error instanceof VendorError && applicationId === undefined) return error;
  throw error;
}

/** How the request could be approved, and whom each way reaches. */
export async function readPermitOptions(
  request: ApprovalRequest,
  permit: PermitRecord,
  offers: Offers,
): Promise<PermitOptions> {
  const notes: string[] = [];
  // Not even the role that suffices to approve may ask for all of them; what can't be asked for is not offered.
  const offered = async <T>(what: string, asked: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof VendorError && (error.kind === 'permission' || isMissingAddress(error)))) throw error;
      notes.push(`${what} could not be read, so none is offered: ${error.message}`);
      return [];
    }
  };
  const [matching, existing, maintenance, groups] = await Promise.all([
    offers.matching(),
    offered('Applications to add the file to', offers.existing()),
    offered('Applications for a maintenance mode', offers.maintenance()),
    offered('Computer groups', offers.groups()),
  ]);
  const rule = { by: 'application' } as const;
  const isNew = { application: { use: 'new', name: '' }, rule } as const;
  const { file } = permit;
  return {
    matching: matching.map((application) => toMatch(application, request)),
    existing: existing.map((application) => ({
      ...toMatch(application, request),
      reach: reachOf({ application: { use: 'existing', application }, rule, scope: { to: 'computer' } }, request),
    })),
    maintenance,
    groups: groups.map((group) => ({ ...named(group), isGlobal: group.isGlobal })),
    scopes: [
      { scope: 'computer', reach: reachOf({ ...isNew, scope: { to: 'computer' } }, request) },
      { scope: 'organization', reach: reachOf({ ...isNew, scope: { to: 'organization' } }, request) },
    ],
    rules: [
      {
        by: 'hash',
        note:
          file.hash === null
            ? 'Not possible: ThreatLocker gives no hash of this file.'
            : 'This exact file and no other.',
        isPossible: file.hash !== null,
      },
      {
        by: 'properties',
        note: 'Any file that has all of the properties that are given, two or more; wider than the hash, since later versions may have them too.',
        isPossible: propertiesIn(file) >= LEAST_PROPERTIES,
      },
      {
        by: 'maintenance',
        note: 'Opens the computer for an hour; only with an existing application from the maintenance list.',
        isPossible: maintenance.length > 0,
      },
    ],
    canElevate: permit.organizationHasElevation,
    properties: {
      path: file.path,
      process: file.processPath,
      certificates: file.certificates,
      createdBy: file.createdBys,
    },
    suggestion: suggest(request, permit, { matching, groups }),
    notes: notes.sort(),
  };
}

/** One alone permits too much. */
const LEAST_PROPERTIES = 2;

function propertiesIn({ path, processPath, certificates, createdBys }: PermitRecord['file']): number {
  return [path !== null, processPath !== null, certificates.length > 0, createdBys.length > 0].filter(Boolean).length;
}
