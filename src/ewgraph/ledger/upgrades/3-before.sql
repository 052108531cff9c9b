-- Puts aside what a ledger of version 1 or 2 kept of releases: without instants.
DROP TRIGGER IF EXISTS release_stays;
DROP TRIGGER IF EXISTS release_kept;
DROP INDEX IF EXISTS release_of_subject;
ALTER TABLE release RENAME TO release_before;
