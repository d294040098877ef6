"""Pure functions on Chinese text; this package imports no other."""
