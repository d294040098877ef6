"""The scheduler's commands."""
