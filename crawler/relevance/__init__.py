"""What a text has to do with the delta: a gazetteer as data, rules as pure functions."""
