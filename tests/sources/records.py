"""Source files for tests, written as a user would write them."""

import tomllib
from pathlib import Path

from crawler.sources.model import Source

HEAD = """
name = "{name}"
title = "试验台"
province = "安徽"
homepage = "https://www.example.cn/"
hosts = ["www.example.cn", "example.cn"]
article = '/a/\\d+\\.html'
grade = "A"
page_grade = "A"
evidence = "written for a test"
newest_evidence = "2026-11"
verified_on = 2026-11-25
"""

LIST = """
[[sections]]
name = "news"
title = "新闻"
kind = "html"
urls = ["https://www.example.cn/news/"]
"""


def source_text(name: str = "example", *, keys: str = "", sections: str = LIST) -> str:
    """Return a source file; a key of `keys` takes the place of the same key of the head."""
    own = {line.partition(" =")[0] for line in keys.splitlines()}
    head = [line for line in HEAD.format(name=name).splitlines() if line.partition(" =")[0] not in own]
    return "\n".join([*head, keys, sections])


def source(*, keys: str = "", sections: str = LIST) -> Source:
    """Return the source of such a file."""
    return Source.model_validate(tomllib.loads(source_text(keys=keys, sections=sections)))


def write(folder: Path, name: str, *, keys: str = "", sections: str = LIST) -> Path:
    """Write such a file into a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(source_text(name, keys=keys, sections=sections), encoding="utf-8")
    return path
