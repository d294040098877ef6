"""Pure functions on Chinese text; this room imports no other."""
