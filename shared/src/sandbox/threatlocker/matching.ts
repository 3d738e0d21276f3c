import type { Application, Certificate, OsType, StoredThreatLockerRequest } from './model.ts';
import type { ThreatLockerState } from './state.ts';

export interface FileIdentity {
  readonly hash: string | null;
  readonly sha256: string | null;
  readonly certs: readonly Certificate[];
  readonly osType: number;
}

/** Applications that an organization can use: its own, its parents', and the built-ins. */
export function applicationsFor(state: ThreatLockerState, organizationId: string): Application[] {
  const owners = new Set([organizationId, ...state.tree.parents(organizationId), state.masterOrganizationId]);
  return state.applications.filter((application) => owners.has(application.organizationId));
}

/** Each identifier matches for itself, so identifiers of two files give the applications of both (KB, seed 1). */
export function matchingApplications(
  state: ThreatLockerState,
  organizationId: string,
  file: FileIdentity,
): Application[] {
  const subjects = file.certs.filter((cert) => cert.validCert).map((cert) => cert.subject.toLowerCase());
  return applicationsFor(state, organizationId).filter(
    ({ osType, rules }) =>
      osType === file.osType &&
      (has(rules.hashes, file.hash) ||
        has(rules.sha256s, file.sha256) ||
        rules.certificateSubjects.some((subject) => subjects.includes(subject.toLowerCase()))),
  );
}

export function matchesOf(state: ThreatLockerState, request: StoredThreatLockerRequest): Application[] {
  const { hash, sha256, certs } = request.file;
  const osType: OsType = request.osType;
  return matchingApplications(state, request.organizationId, { hash, sha256, certs, osType });
}

function has(known: readonly string[], value: string | null): boolean {
  return value !== null && value !== '' && known.includes(value.toLowerCase());
}
