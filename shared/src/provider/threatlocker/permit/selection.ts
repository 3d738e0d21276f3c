import type { MaintenanceMode } from '../../../approval/index.ts';
import { quoted } from '../../../text/index.ts';
import { type ApplicationRecord, type ComputerGroupRecord, isBuiltIn } from '../applications.ts';

/** The members of one of ThreatLocker's manual options; the unused ones are empty. */
export interface ManualOption {
  readonly fullPath: string;
  readonly processPath: string;
  readonly cert: string;
  readonly hash: string;
  readonly createdBy: string;
}

export const NO_OPTION: ManualOption = { fullPath: '', processPath: '', cert: '', hash: '', createdBy: '' };

export type SelectedApplication =
  | { readonly use: 'matching'; readonly application: ApplicationRecord }
  | { readonly use: 'existing'; readonly application: ApplicationRecord }
  | { readonly use: 'new'; readonly name: string };

export type SelectedRule =
  | { readonly by: 'application' }
  | { readonly by: 'hash' | 'properties'; readonly option: ManualOption }
  | { readonly by: 'maintenance'; readonly mode: MaintenanceMode };

export type SelectedScope =
  | { readonly to: 'computer' }
  | { readonly to: 'organization' }
  | { readonly to: 'group'; readonly group: ComputerGroupRecord };

/** An approval with every choice made and every name looked up. */
export interface Selection {
  readonly application: SelectedApplication;
  readonly rule: SelectedRule;
  readonly scope: SelectedScope;
  readonly elevation: { readonly mode: 'none' | 'elevate' | 'silent'; readonly hours: number };
  /** Instant, ISO 8601 UTC; `null`: no end. */
  readonly expires: string | null;
  readonly ticket: string | null;
  readonly comment: string | null;
  readonly notify: string | null;
}

/** What the vendor offers for this request, asked only where a choice needs it. */
export interface Offers {
  matching(): Promise<readonly ApplicationRecord[]>;
  existing(): Promise<readonly ApplicationRecord[]>;
  maintenance(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  groups(): Promise<readonly ComputerGroupRecord[]>;
}

/** Whose application it is, to be said after its name. */
export function ownerOf(application: Pick<ApplicationRecord, 'name' | 'organizationName'>): string {
  return isBuiltIn(application)
    ? 'maintained by ThreatLocker'
    : `of ${application.organizationName === null ? 'an unnamed owner' : quoted(application.organizationName, 64)}`;
}
