"""Sources against the live site: the check of one that exists, the draft of one that does not."""
