-- Puts what was put aside where version 3 has it. The instants are taken to be those of the records at which it was noted.
INSERT OR IGNORE INTO release (at, subject, audience, seq, change)
  SELECT coalesce(recorded_at, ''), subject, audience, noted.seq, change
  FROM release_before AS noted LEFT JOIN record ON record.seq = noted.seq;
DROP TABLE release_before;
