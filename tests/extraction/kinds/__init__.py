"""Pages written for the tests, sorted by the kind of fault that each of them once showed."""
