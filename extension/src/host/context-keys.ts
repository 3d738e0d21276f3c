/** What `when` clauses ask for; each key stands behind `countersign.`. */
export type ContextKey =
  /** The extension knows its accounts: false until they were looked for. */
  | 'ready'
  | 'hasAccounts'
  /** The accounts file can't be used; the view says why. */
  | 'accountsBroken'
  /** The journal can be read and written. */
  | 'hasLedger'
  /** Decisions can be made and recorded here: there is an account to decide for, and a ledger. */
  | 'canDecide'
  | 'hasRequests'
  | 'isFiltered'
  | 'hasAwaiting'
  | 'isSandboxRunning';
