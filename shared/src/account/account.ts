import type { AccountId, FindingId, Severity } from '../approval/index.ts';
import type { SecretReference } from './secret-reference.ts';

/** What assistants may do with an account: nothing, read its queue, or also propose decisions. */
export type AssistantAccess = 'none' | 'read' | 'propose';

/** Where a person may be asked for a countersignature. */
export type Channel = 'extension' | 'terminal' | 'elicitation';

/** By which way an answer may come: from a person who is asked, or carried back from where a person decided. */
export type AnswerChannel = Channel | 'unattended';

/** The widest reach that may be countersigned through an assistant's client. */
export type ElicitationReach = 'computer' | 'group' | 'organization' | 'any';

interface AccountBasics {
  readonly id: AccountId;
  /** What faces call it; the id where the file names nothing. */
  readonly label: string;
  readonly secret: SecretReference;
  /** Host and, where it isn't the scheme's own, port: `portalapi.g.threatlocker.com`, `127.0.0.1:4810`. */
  readonly host: string;
  /** Scheme and host, without a slash at the end. */
  readonly baseUrl: string;
  /** Whether an endpoint on this computer stands in for the vendor; every face says SANDBOX. */
  readonly sandbox: boolean;
  readonly assistants: AssistantAccess;
  /** Whether assistants see requesters' phone and e-mail. */
  readonly contactDetails: boolean;
  readonly channels: readonly Channel[];
  readonly elicitationReach: ElicitationReach;
  /** Whether a job may carry back what people decided elsewhere, and where its secret is kept; left out: it may not. */
  readonly unattended?: { readonly secret: SecretReference };
}

export interface ThreatLockerAccount extends AccountBasics {
  readonly provider: 'threatlocker';
  readonly instance: string;
  /** The managed organization, a GUID in lower case; left out for the token's own. */
  readonly organizationId?: string;
  readonly includeChildOrganizations: boolean;
}

export interface AdminByRequestAccount extends AccountBasics {
  readonly provider: 'admin-by-request';
  readonly dataCenter: string;
  /** The portal user whom decisions are attributed to; the approver's where the account names none. */
  readonly approverEmail?: string;
}

/** One configured tenant of a provider. */
export type Account = ThreatLockerAccount | AdminByRequestAccount;

/** Everything that the accounts file, or the environment in its place, says; defaults filled in. */
export interface Settings {
  /** The file that was read, or null where environment variables made the accounts. */
  readonly file: string | null;
  readonly approver: { readonly name?: string; readonly email?: string };
  readonly accounts: readonly Account[];
  readonly guardrails: {
    /** The severity of findings by their id, where it differs from the built-in one. */
    readonly severity: Readonly<Partial<Record<FindingId, Severity>>>;
    /** Tools besides the built-in ones, by file or product name. */
    readonly attackTools: readonly string[];
    readonly remoteAccessTools: readonly string[];
    readonly networkTools: readonly string[];
    /** Beginnings of paths that count as writable for whoever uses the computer. */
    readonly userWritablePaths: readonly string[];
  };
  readonly confirmation: {
    /** Public keys that may sign countersignatures: `ed25519:` and base64. */
    readonly approverKeys: readonly string[];
    readonly waitSeconds: number;
    readonly expiresMinutes: number;
  };
  readonly http: {
    /** What clients of the MCP server have to show over HTTP; where it is left out, the server makes one. */
    readonly token?: SecretReference;
  };
}
