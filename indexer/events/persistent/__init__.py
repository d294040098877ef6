"""Events of the archive: its stories grouped batch by batch, with what `events` decides."""
