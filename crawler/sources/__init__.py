"""Broadcasters as data: one file each, validated when loaded."""
