"""The rules of source health: each a pure function from what was seen to a Finding, or None where all is well."""
