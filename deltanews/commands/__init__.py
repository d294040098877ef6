"""Commands that look at every package; the others stand with their packages."""
