"""The names that things go by, found in spite of spelling, script and case: one small index for each audience graph."""
