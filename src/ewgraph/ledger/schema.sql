-- The ledger, version 5. A ledger of an earlier version gets what it lacks when it is opened: see `upgrades/`.
-- Nothing in `source`, `record`, `revision`, `role`, `release`, `erasure`, `audit` and `question_text` is ever updated or deleted: triggers
-- refuse it. One exception is lawful: what a record said, and the bytes it came in, once its erasure is noted.
CREATE TABLE IF NOT EXISTS source (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL              -- the bytes as they came, deflated; none of a file of which only its hash is kept
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
  recorded_at TEXT NOT NULL          -- as the ledger says: one for a transaction, rising from each to the next
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
  at TEXT NOT NULL,                  -- when the audience changed, by the clock; rises
  subject TEXT NOT NULL,             -- record or claim
  audience TEXT NOT NULL,            -- IRI of the audience graph
  seq INTEGER NOT NULL,              -- the ledger sequence that the graph showed then
  change TEXT NOT NULL CHECK (change IN ('added', 'removed')),
  PRIMARY KEY (at, subject, audience)  -- first of the columns, in this order: SQLite 3.40 checks no other right
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS release_of_subject ON release (subject, at);

CREATE TABLE IF NOT EXISTS erasure (
  record TEXT PRIMARY KEY REFERENCES record (iri),
  at TEXT NOT NULL,
  by TEXT NOT NULL,                  -- by what it was asked for: a key, an account, the command line
  reason TEXT NOT NULL,
  tombstone TEXT NOT NULL            -- SHA-256 of the canonical N-Quads that stand in the place of its content
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS erased_source (
  sha256 TEXT PRIMARY KEY REFERENCES source (sha256),
  record TEXT NOT NULL REFERENCES erasure (record)  -- that it held
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  event TEXT NOT NULL,               -- one of those in `audit.py`
  by TEXT NOT NULL,                  -- by what it was done: a key, an account, the command line; empty for nobody known
  principal TEXT NOT NULL,           -- who that stands for: 'public', 'staff' or the IRI of an organisation
  details TEXT NOT NULL              -- JSON
) STRICT;

CREATE TABLE IF NOT EXISTS question_text (
  sha256 TEXT PRIMARY KEY,           -- of the text, and of the text of its hop below it: what answers cite
  id TEXT NOT NULL,                  -- the stored query
  text TEXT NOT NULL,
  hop TEXT,                          -- the text of its hop, where that is another query
  served_at TEXT NOT NULL            -- since when it was served
) STRICT, WITHOUT ROWID;

-- From here on: who may come in.
CREATE TABLE IF NOT EXISTS api_key (
  id TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  principal TEXT NOT NULL,           -- 'staff' or the IRI of an organisation
  created_at TEXT NOT NULL,
  revoked_at TEXT,
  label TEXT NOT NULL DEFAULT '',    -- what it is for, as its maker wrote
  rights TEXT NOT NULL DEFAULT 'read submit',  -- words between spaces
  created_by TEXT NOT NULL DEFAULT '',
  expires_at TEXT,
  last_used_at TEXT                  -- to the minute
) STRICT;

CREATE TABLE IF NOT EXISTS account (
  id TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,              -- of the identity provider
  subject TEXT NOT NULL,             -- whom it means, as it says
  principal TEXT NOT NULL,           -- for whom the person acts: 'staff' or the IRI of an organisation
  rights TEXT NOT NULL,              -- words between spaces
  label TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  revoked_at TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS account_of_person ON account (issuer, subject) WHERE revoked_at IS NULL;

CREATE TABLE IF NOT EXISTS session (
  hash BLOB PRIMARY KEY,             -- SHA-256 of the token in the cookie
  by TEXT NOT NULL,                  -- by what it was begun, and with which it ends: account:<id> or key:<id>
  started_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_begun_by ON session (by);

-- From here on: what is under way. Submissions are bookkeeping beside the records, and change as the work goes on.
CREATE TABLE IF NOT EXISTS submission (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,           -- sub-<20 hexadecimal digits>
  submitter TEXT NOT NULL,           -- IRI of who hands it in
  author TEXT NOT NULL,              -- IRI of whose word it is: the submitter, unless that is in the name of another
  source TEXT NOT NULL,              -- SHA-256 of the file: under uploads/ until it is stored, then in `source`
  file TEXT NOT NULL,                -- the name of the file
  mapping TEXT,                      -- asked for, and once it is known the one that was used
  request TEXT NOT NULL,             -- the rest of what was asked, JSON
  state TEXT NOT NULL CHECK (
    state IN ('queued', 'running', 'done', 'refused', 'unchanged', 'failed', 'cancelled', 'withdrawn')
  ),
  stage TEXT NOT NULL DEFAULT '',    -- what is being done: read, validate, commit
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  worker TEXT,                       -- the process that has it: host, number, start
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0, -- how often a service began it
  report BLOB,                       -- JSON, deflated
  error TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS submission_by_author ON submission (author, seq);
CREATE INDEX IF NOT EXISTS submission_by_submitter ON submission (submitter, seq);
CREATE INDEX IF NOT EXISTS submission_by_state ON submission (state, seq);

CREATE TABLE IF NOT EXISTS submission_record (
  submission TEXT NOT NULL REFERENCES submission (id),
  record TEXT NOT NULL,
  series TEXT NOT NULL,              -- a newer submission of the same series and author revises the older
  part INTEGER NOT NULL,
  digest TEXT NOT NULL,              -- of what its rows say, wherever they stand in the file
  PRIMARY KEY (submission, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS submission_record_by_series ON submission_record (series, submission);

CREATE TABLE IF NOT EXISTS quarantine (
  submission TEXT NOT NULL REFERENCES submission (id),
  kind TEXT NOT NULL,                -- the record of the mapping that the row belongs to
  sheet TEXT NOT NULL,
  row INTEGER NOT NULL,
  series TEXT NOT NULL,
  cells TEXT NOT NULL,               -- JSON: column to text
  results TEXT NOT NULL,             -- JSON: what was wrong
  state TEXT NOT NULL CHECK (state IN ('open', 'mended', 'superseded')),
  mended_by TEXT,                    -- the record that the row entered in the end, or the submission that replaced it
  PRIMARY KEY (submission, kind, sheet, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS remembered_mapping (
  submitter TEXT NOT NULL,
  mapping TEXT NOT NULL,
  fingerprint TEXT NOT NULL,         -- of the headings
  assigned TEXT NOT NULL,            -- JSON: column to heading
  confirmed_at TEXT NOT NULL,
  PRIMARY KEY (submitter, mapping, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS watch (
  id TEXT PRIMARY KEY,
  principal TEXT NOT NULL,           -- whose it is
  about TEXT NOT NULL,               -- the buyer or brand
  label TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS watch_by_principal ON watch (principal, created_at);

CREATE TABLE IF NOT EXISTS watch_known (
  watch TEXT NOT NULL REFERENCES watch (id),
  finding BLOB NOT NULL,             -- the SHA-256 of its IRI: nothing that could have to be erased
  PRIMARY KEY (watch, finding)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS record_stays BEFORE UPDATE ON record
WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE record = OLD.iri)
  OR NOT (NEW.seq IS OLD.seq AND NEW.iri IS OLD.iri AND NEW.kind IS OLD.kind AND NEW.digest IS OLD.digest
    AND NEW.source IS OLD.source AND NEW.submitter IS OLD.submitter AND NEW.received_at IS OLD.received_at
    AND NEW.recorded_at IS OLD.recorded_at)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS record_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS source_stays BEFORE UPDATE ON source
WHEN NOT EXISTS (SELECT 1 FROM erased_source WHERE sha256 = OLD.sha256)
  OR NOT (NEW.sha256 IS OLD.sha256 AND NEW.size IS OLD.size AND NEW.content = x'')
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS source_kept BEFORE DELETE ON source BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS revision_kept BEFORE DELETE ON revision BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS role_kept BEFORE DELETE ON role BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS release_stays BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS release_kept BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS erasure_stays BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS erasure_kept BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS erased_source_stays BEFORE UPDATE ON erased_source BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS erased_source_kept BEFORE DELETE ON erased_source BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS question_text_stays BEFORE UPDATE ON question_text BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS question_text_kept BEFORE DELETE ON question_text BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
