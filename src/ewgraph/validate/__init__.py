"""Does a record conform? SHACL core, compiled; checks that core SHACL has no words for; the rules of a record graph."""
