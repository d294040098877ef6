"""Commands of this room; the command line composes them."""
