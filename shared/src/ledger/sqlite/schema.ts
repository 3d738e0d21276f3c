/** In a line of the journal, where it has one; what somebody else put there may be no JSON. It stands in an index, so it is never changed. */
export const TICKET = "iif(json_valid(data), json_extract(data, '$.ticket'), NULL)";

/**
 * Each entry takes the database from its index to the next `user_version`. Entries are never changed once released; a
 * change is a new entry.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO meta (name, value) VALUES ('ledger', lower(hex(randomblob(16))));

  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    decision TEXT NOT NULL,
    phase TEXT NOT NULL,
    request TEXT NOT NULL,
    data TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_by_decision ON journal (decision, phase);
  CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  -- An INSERT OR REPLACE would delete without asking the other triggers.
  CREATE TRIGGER journal_only_grows BEFORE INSERT ON journal
  WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM journal)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE decisions (
    decision TEXT PRIMARY KEY,
    -- Place of its first line in the journal: the order in which decisions were planned.
    seq INTEGER NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    plan TEXT NOT NULL,
    client TEXT NOT NULL,
    client_name TEXT NOT NULL,
    -- Through which a person is asked.
    channel TEXT NOT NULL,
    opened INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    phase TEXT NOT NULL,
    closed_because TEXT,
    -- The process that proposed it, then the one that took the answer and alone may carry it out.
    owner TEXT NOT NULL,
    -- JSON: how the answer came, and from whom.
    answered TEXT,
    answered_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX decisions_by_phase ON decisions (phase);
  CREATE INDEX decisions_by_client ON decisions (client, phase);

  CREATE TABLE targets (
    decision TEXT NOT NULL REFERENCES decisions,
    position INTEGER NOT NULL,
    request TEXT NOT NULL,
    -- The request as its vendor knows it, whatever the accounts are called here.
    subject TEXT NOT NULL,
    -- What tells the file: its SHA-256, and its path with its signer.
    sha256 TEXT,
    path_and_signer TEXT,
    begun INTEGER,
    outcome TEXT,
    outcome_at INTEGER,
    -- 0 while the outcome is missing or unknown.
    settled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (decision, request)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX targets_by_subject ON targets (subject);
  CREATE INDEX targets_by_request ON targets (request);
  CREATE INDEX targets_by_sha256 ON targets (sha256);
  CREATE INDEX targets_by_path_and_signer ON targets (path_and_signer);
  CREATE INDEX targets_begun ON targets (begun) WHERE begun IS NOT NULL AND settled = 0;

  -- Signed answers, left for the process that waits for them; one to a decision.
  CREATE TABLE countersignatures (
    decision TEXT PRIMARY KEY REFERENCES decisions,
    -- JSON.
    countersignature TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE listeners (
    -- The process.
    owner TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cursors (fingerprint TEXT PRIMARY KEY, highest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE announced (subject TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshots (source TEXT PRIMARY KEY, at TEXT NOT NULL, requests TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE turns (
    source TEXT PRIMARY KEY,
    -- The process.
    owner TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Where the reading of an account goes on; its highest id alone can't say that.
  DROP TABLE cursors;
  CREATE TABLE pulls (
    account TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    since INTEGER,
    cursor TEXT,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE told (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL,
    open INTEGER NOT NULL,
    organization TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX told_open ON told (account) WHERE open = 1;

  -- Lines in the order in which they are handed out, many to a row.
  CREATE TABLE outbox (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    account TEXT NOT NULL,
    lines TEXT NOT NULL
  ) STRICT;
  `,
  `CREATE INDEX journal_by_ticket ON journal (${TICKET}) WHERE phase = 'confirmed';`,
];
