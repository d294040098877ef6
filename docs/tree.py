# noqa: INP001 - a script beside the documents, not a package
"""Print the tree of the project with a line per file: `make tree`. The line is the file's own first one."""

import ast
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
COMMENT = re.compile(r"^(?:#+|//) ?(?!!)(.*\w.*)$", re.MULTILINE)
"""A line of comment in TOML, shell, make or Java, or a heading in Markdown; no `#!`."""


def purpose(path: Path) -> str:
    """Return what a file says it is for: the first line of its docstring, else its first comment or heading."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".py":
        return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    if path.suffix in {".json", ".lock", ".html", ".jsonl", ".ndjson"}:
        return ""
    found = COMMENT.search(text[:400])
    return found[1] if found else ""


def main() -> None:
    """Print folders and files, indented, in the order of their names."""
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout  # noqa: S607 - whichever git the user has
    seen: set[Path] = set()
    for path in map(Path, listed.splitlines()):
        for folder in reversed(path.parents[:-1]):
            if folder not in seen:
                seen.add(folder)
                sys.stdout.write(f"{'  ' * (len(folder.parts) - 1)}{folder.name}/\n")
        name = f"{'  ' * (len(path.parts) - 1)}{path.name}"
        sys.stdout.write(f"{name:<44} {purpose(REPOSITORY / path)}".rstrip() + "\n")


if __name__ == "__main__":
    main()
