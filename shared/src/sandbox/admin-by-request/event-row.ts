/** A row of /events; times without a zone, the second one in UTC. */
export interface EventRow {
  readonly id: number;
  readonly eventCode: number;
  /** 0 informational, 1 warning, 2 alert. */
  readonly eventLevel: number;
  readonly eventText: string;
  readonly eventTime: string;
  readonly eventTimeUTC: string;
  readonly computerName: string;
  readonly userAccount: string;
  readonly userName: string;
  readonly alertAccount: string | null;
  readonly auditLogURL: string | null;
  readonly rollback: boolean;
  readonly additionalData: string | null;
  readonly application: Readonly<Record<'file' | 'path' | 'name' | 'vendor' | 'version' | 'sha256', string | null>>;
}
