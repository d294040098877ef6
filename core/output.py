"""Where a command writes a file that the user names."""

from pathlib import Path

from core.errors import UsageError


def check_output(path: Path) -> None:
    """Raise UsageError where `--output` names no file, as an empty name or a folder does."""
    if not path.name or path.is_dir():
        raise UsageError(f"--output: {path} is a folder; name a file")
