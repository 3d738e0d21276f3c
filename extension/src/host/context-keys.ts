/** What `when` clauses ask for; each key stands behind `countersign.`. */
export type ContextKey =
  /** The extension knows its accounts: false until they were looked for. */
  | 'ready'
  | 'hasAccounts'
  /** The accounts file can't be used; the view says why. */
  | 'accountsBroken'
  /** Decisions can be made and recorded here. */
  | 'canDecide'
  | 'hasRequests'
  | 'isFiltered'
  | 'hasAwaiting'
  | 'isSandboxRunning';
