"""Source health: rules over what each source did in the last 28 days, what they find, and who is told."""
