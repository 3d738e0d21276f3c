/**
 * Each entry takes the database from its index to the next `user_version`. Entries are never changed once released; a
 * change is a new entry.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

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
  CREATE INDEX journal_by_decision ON journal (decision);
  CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  -- An INSERT OR REPLACE would delete without asking the other triggers.
  CREATE TRIGGER journal_only_grows BEFORE INSERT ON journal
  WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM journal)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE decisions (
    decision TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    plan TEXT NOT NULL,
    client TEXT NOT NULL,
    client_name TEXT NOT NULL,
    confirm_text TEXT NOT NULL,
    opened INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    phase TEXT NOT NULL,
    channel TEXT,
    -- The process that took the answer, and alone may carry it out.
    owner TEXT,
    answered INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX decisions_by_phase ON decisions (phase);
  CREATE INDEX decisions_by_client ON decisions (client, phase);

  CREATE TABLE targets (
    decision TEXT NOT NULL REFERENCES decisions,
    position INTEGER NOT NULL,
    request TEXT NOT NULL,
    -- The request as its vendor knows it, whatever the accounts are called here.
    subject TEXT NOT NULL,
    begun INTEGER,
    outcome TEXT,
    -- 0 while the outcome is missing or unknown.
    settled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (decision, request)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX targets_by_subject ON targets (subject);
  `,
];
