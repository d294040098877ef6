"""Numbers that people give: how large one may be."""

LARGEST = 2**31 - 1
"""The largest number that an option or an address may give: every database takes it, and nothing counted is more."""
