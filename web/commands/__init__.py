"""Commands of this package; the command line composes them."""
