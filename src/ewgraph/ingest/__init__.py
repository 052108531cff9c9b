"""The way in: record files and tables are read, checked and appended to the ledger."""
