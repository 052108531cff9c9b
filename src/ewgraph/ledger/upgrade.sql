-- What a ledger of version 1 or 2 kept of releases, put where version 3 has it; run after `schema.sql`. Their instants are
-- taken to be those of the records at which they were noted.
INSERT OR IGNORE INTO release (at, subject, audience, seq, change)
  SELECT coalesce(recorded_at, ''), subject, audience, noted.seq, change
  FROM release_before AS noted LEFT JOIN record ON record.seq = noted.seq;
DROP TABLE release_before;
