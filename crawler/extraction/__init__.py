"""A page in, clean text and fields out: pure functions, no I/O."""
