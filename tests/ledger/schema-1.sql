-- The ledger. Nothing in `source`, `record`, `revision`, `role` and `release` is ever updated or deleted: triggers refuse it.
CREATE TABLE IF NOT EXISTS source (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL              -- the bytes as they came, deflated
) STRICT;

CREATE TABLE IF NOT EXISTS record (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  iri TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                -- IRI of its class
  content BLOB NOT NULL,             -- canonical N-Quads of what was understood, deflated
  digest TEXT NOT NULL,              -- SHA-256 of the canonical N-Quads
  source TEXT NOT NULL REFERENCES source (sha256),
  submitter TEXT NOT NULL,           -- IRI of who handed it in
  received_at TEXT NOT NULL,         -- as the record says
  recorded_at TEXT NOT NULL          -- as the ledger says; rises with seq
) STRICT;

CREATE TABLE IF NOT EXISTS revision (
  record TEXT NOT NULL,
  revised TEXT NOT NULL,
  PRIMARY KEY (record, revised)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS role (
  iri TEXT PRIMARY KEY,              -- whatever a record describes
  role TEXT NOT NULL CHECK (role IN ('statement', 'entity')),
  record TEXT NOT NULL               -- a statement stands in this one only; an entity was first described in it
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS release (
  seq INTEGER NOT NULL,              -- the ledger sequence at which the audience changed
  subject TEXT NOT NULL,             -- record or claim
  audience TEXT NOT NULL,            -- IRI of the audience graph
  change TEXT NOT NULL CHECK (change IN ('added', 'removed')),
  PRIMARY KEY (seq, subject, audience, change)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS api_key (
  id TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  principal TEXT NOT NULL,           -- 'staff' or the IRI of an organisation
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

CREATE TRIGGER IF NOT EXISTS record_stays BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS record_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS source_stays BEFORE UPDATE ON source BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS source_kept BEFORE DELETE ON source BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS revision_kept BEFORE DELETE ON revision BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS role_kept BEFORE DELETE ON role BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS release_stays BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS release_kept BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
