"""What holds for every test: none is skipped in silence."""

pytest_plugins = ["tests.skips"]
