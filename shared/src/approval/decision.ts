export type Verdict = 'approve' | 'deny' | 'take-ownership';

export type ApplicationChoice =
  | { readonly use: 'matching'; readonly id: string }
  | { readonly use: 'existing'; readonly id: string }
  | {
      readonly use: 'new';
      /** Left out: the file's own. */
      readonly name?: string | undefined;
    };

export type MaintenanceMode = 'installation' | 'learning' | 'monitor';

export type Rule =
  | { readonly by: 'hash' }
  | {
      readonly by: 'properties';
      readonly path?: string | undefined;
      readonly process?: string | undefined;
      readonly certificate?: string | undefined;
      readonly createdBy?: string | undefined;
    }
  | { readonly by: 'maintenance'; readonly mode: MaintenanceMode };

export type Scope = 'computer' | 'organization' | { readonly group: string };

export interface Elevation {
  readonly mode: 'none' | 'elevate' | 'silent';
  /** Whole hours until the elevation ends; left out: no end. */
  readonly hours?: number | undefined;
}

export interface ApproveOptions {
  readonly application?: ApplicationChoice | undefined;
  readonly rule?: Rule | undefined;
  readonly scope?: Scope | undefined;
  readonly elevation?: Elevation | undefined;
  /** Instant with offset, at most a year ahead. */
  readonly expires?: string | undefined;
  readonly ticket?: string | undefined;
  /** For colleagues; never shown to the requester. */
  readonly comment?: string | undefined;
  /** Text to the requester. */
  readonly notify?: string | undefined;
}

export interface DenyOptions {
  readonly reason: string;
  /** Text to the requester. */
  readonly notify?: string | undefined;
}

/** What somebody wants done with one request, before it is made exact. */
export type Decision =
  | { readonly verdict: 'approve'; readonly options: ApproveOptions }
  | { readonly verdict: 'deny'; readonly options: DenyOptions }
  | { readonly verdict: 'take-ownership' };

/** The words that the journal, the tools' answers and the exit codes share. */
export type DecisionStatus =
  | 'applied'
  | 'already-handled'
  | 'needs-choice'
  | 'refused'
  | 'declined'
  | 'expired'
  | 'awaiting-confirmation'
  | 'not-applied'
  | 'unknown'
  | 'partial';

/** Who decided, as far as the vendor's own record shows. */
export type Attribution = 'ours' | 'other' | 'unproven';
