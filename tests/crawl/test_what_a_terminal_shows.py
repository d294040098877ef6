"""The end of a crawl as a person sees it: on a terminal of eighty columns nothing is cut."""

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

from tests.crawl.small_site import article
from tests.product import Product
from tests.replica import Kind, Replica


def _on_a_terminal(product: Product, *words: str) -> list[str]:
    """Run a command with a terminal for its output, and return what stands on it."""
    terminal, end = pty.openpty()
    termios.tcsetwinsize(end, (40, 80))
    command = [sys.executable, "-m", "deltanews", *words]
    environment = product.environment | {"TERM": "dumb"}
    running = subprocess.Popen(
        command, cwd=product.folder, env=environment, stdin=subprocess.DEVNULL, stdout=end, stderr=subprocess.DEVNULL
    )
    os.close(end)
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # how Linux tells that the other end is closed
        pass
    os.close(terminal)
    running.wait()
    return [line.rstrip() for line in shown.decode().splitlines()]


def test_figures_that_are_zero_are_left_out_and_a_failure_is_shown_in_full(product: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.GONE, r"kankanews\.com/k24")
    lines = _on_a_terminal(product, "crawl", "kankanews", "cnr_anhui")
    assert lines[0].split() == ["source", "lists", "found", "pages", "new", "relevant"]
    count = str(len(replica.articles("cnr_anhui")))
    assert [*lines[2].split()[:5], lines[2].split()[-1]] == ["cnr_anhui", "1", count, count, count, "ok"]
    assert lines[1].split()[-1] == "failed"
    shown = "".join(lines[4:])
    assert shown == "kankanews: k24: https://www.kankanews.com/k24: HTTP 404total: 1 of 2 sources failed"


def test_a_check_that_is_wider_than_the_terminal_keeps_its_columns(product: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.GONE, r"/t\d{8}_")
    lines = _on_a_terminal(product, "sources", "check", "cnr_anhui")
    first = next(number for number, line in enumerate(lines) if line.startswith("    failed   page      HTTP 404 at"))
    address = lines[first - 1].strip()
    following = [line for line in lines[first + 1 : first + 4] if not line.lstrip().startswith(("expected", "fix"))]
    assert all(line.startswith(" " * 23) for line in following)
    assert "".join(line.strip() for line in following).startswith(address)
    assert "1 checked, 1 need a fix: cnr_anhui" in lines


def test_what_is_read_out_of_a_page_is_whole(tmp_path: Path) -> None:
    paragraphs = [f"{number}，" + "推动长三角一体化发展走深走实" * 12 for number in ("其一", "其二")]
    url = "https://www.example.cn/" + "very-long-address/" * 8 + "article.html"
    picture = f'<meta property="og:image" content="{url}.jpg">'
    page = tmp_path / "page.html"
    page.write_text(article("长三角一体化" * 12, head=picture, body="".join(f"<p>{each}</p>" for each in paragraphs)))
    lines = _on_a_terminal(Product(tmp_path / "product"), "extract", str(page), "--url", url)
    assert "…" not in "".join(lines)
    shown = "".join(lines)
    assert all(paragraph in shown for paragraph in paragraphs)
