"""The command line: it composes the commands that each package offers."""
