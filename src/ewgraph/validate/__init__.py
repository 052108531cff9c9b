"""Does a record conform? SHACL by pySHACL, checks that core SHACL has no words for, and the rules of a record graph."""
