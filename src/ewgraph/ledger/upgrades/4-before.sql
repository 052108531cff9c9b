-- Gives the keys of a ledger of version 1 to 3 rights and an end; lets the content of a record that is erased go.
ALTER TABLE api_key ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE api_key ADD COLUMN rights TEXT NOT NULL DEFAULT 'read submit';
ALTER TABLE api_key ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE api_key ADD COLUMN expires_at TEXT;
ALTER TABLE api_key ADD COLUMN last_used_at TEXT;
UPDATE api_key SET rights = 'read submit administer' WHERE principal = 'staff';
DROP TRIGGER record_stays;
DROP TRIGGER source_stays;
