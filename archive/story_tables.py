"""Tables of stories, their members, candidates, the outbox and dead letters, on the same metadata as the rest."""
