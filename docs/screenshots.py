# noqa: INP001 - a script beside the documents, not a package
"""Take the screenshots of docs/web.md: `make demo && .venv/bin/python docs/screenshots.py`. It needs Chromium."""

import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

DOCS = Path(__file__).parent
DEMO = DOCS.parent / ".demo" / "deltanews.toml"
FOLDER = DOCS / "screenshots"
STORY = "title:示范区公交6路今起试运行"
"""Words of the report that is shown with its copies."""
PAGES = {
    "day": ("/?day=2026-11-18", 1280, 800),
    "search": (f"/search?q={quote('长三角')}&since=2026-11", 1280, 900),
    "story": ("", 1280, 1100),
    "outlets": ("/outlets?week=2026-11-16", 1280, 900),
    "cities": ("/cities", 1280, 700),
    "telephone": (f"/search?q={quote('长三角')}&since=2026-11", 500, 900),
}
"""Name, address, width and height; the address of the story is asked for."""


def main() -> None:
    """Serve what the demo collected and take every picture."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None or not DEMO.exists():
        sys.exit("Chromium and what `make demo` collected are needed.")
    FOLDER.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "deltanews", "--config", str(DEMO), "web", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    assert server.stdout
    try:
        site = server.stdout.readline().split()[0].rstrip("/")
        for name, (path, width, height) in PAGES.items():
            picture = FOLDER / f"{name}.png"
            options = ["--headless=new", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"]
            subprocess.run(  # noqa: S603 - the browser that was found
                [browser, *options, f"--screenshot={picture}", site + (path or story_path(site))],
                check=True,
                capture_output=True,
            )
    finally:
        server.terminate()
        server.wait()


def story_path(site: str) -> str:
    """Return the address of the report that is shown."""
    with urllib.request.urlopen(f"{site}/api/v1/stories?q={quote(STORY)}&limit=1") as answer:  # noqa: S310 - loopback
        (story,) = json.load(answer)["stories"]
    return f"/story/{story['story_id']}"


if __name__ == "__main__":
    main()
