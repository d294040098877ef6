import json
import random
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from core.errors import UsageError
from indexer.commands.events import events

app = typer.Typer()
app.command()(events)

REPORTS: tuple[dict[str, Any], ...] = (
    {
        "id": "opening",
        "published_at": "2026-10-12T11:05:00+08:00",
        "title": "长三角海事法院联席会议在上海举行 四地海事司法协作平台上线",
        "body": "今天上午，长三角海事法院联席会议在上海海事法院召开，上海、南京、宁波三家海事法院"
        "院长共同启动“沪苏浙皖海事司法协作平台”。"
        "平台实现船舶查封信息即时互通，船东在任一法院提交的担保，其他法院予以承认。"
        "去年三家法院受理的跨域案件达1840件。",
    },
    {
        "id": "copy",
        "published_at": "2026-10-12T12:00:00+08:00",
        "title": "快讯｜四地海事司法协作平台上线",
        "body": "今天上午，长三角海事法院联席会议在上海海事法院召开，上海、南京、宁波三家海事法院"
        "院长共同启动“沪苏浙皖海事司法协作平台”。"
        "平台实现船舶查封信息即时互通，船东在任一法院提交的担保，其他法院予以承认。",
    },
    {
        "id": "in other words",
        "published_at": "2026-10-13T09:15:00+08:00",
        "title": "宁波海事法院：船舶查封信息分钟级共享",
        "body": "接入沪苏浙皖海事司法协作平台的头一天，宁波海事法院向外推送了27条船舶查封线索。"
        "院长闻德海说，一千八百四十件跨域案件背后就是同样多的往返，数据多跑路，船东少跑路。",
    },
    {
        "id": "another meeting",
        "published_at": "2026-10-14T15:30:00+08:00",
        "title": "长三角知识产权法庭联席会议在苏州召开",
        "body": "今天，长三角知识产权审判联席会议在苏州举行，六家法院共同签署协议，"
        "推行技术调查官共享名册，首批入册132人。",
    },
    {
        "id": "undated",
        "title": "弄堂口的钟表匠修了四十年",
        "body": "七十岁的罗师傅守着一张三尺长的工作台，台上的放大镜是师傅传下来的。",
    },
)


def write(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def grouped(path: Path, *lines: dict[str, Any]) -> dict[str, str]:
    result = CliRunner().invoke(app, [write(path, *lines)], catch_exceptions=False)
    assert result.exit_code == 0
    return dict(line.split("\t") for line in result.stdout.splitlines())


def test_reports_in_other_words_and_copies_are_one_event(tmp_path: Path) -> None:
    found = grouped(tmp_path / "x.jsonl", *REPORTS)
    assert list(found) == [report["id"] for report in REPORTS]
    assert found["opening"] == found["copy"] == found["in other words"]
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_lines_does_not_matter(tmp_path: Path, seed: int) -> None:
    shuffled = random.Random(seed).sample(REPORTS, len(REPORTS))
    assert grouped(tmp_path / "x.jsonl", *shuffled) == grouped(tmp_path / "y.jsonl", *REPORTS)


def test_the_same_words_a_month_later_are_another_event(tmp_path: Path) -> None:
    later = REPORTS[2] | {"published_at": "2026-11-13T09:15:00+08:00"}
    found = grouped(tmp_path / "x.jsonl", REPORTS[0], later)
    assert found["opening"] != found["in other words"]


def test_a_line_that_is_no_article_is_reported_and_the_others_are_grouped(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    write(file, REPORTS[0])
    file.write_text(file.read_text("utf-8") + "[]\n", "utf-8")
    result = CliRunner().invoke(app, [str(file), "--json"], catch_exceptions=False)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["id"] == "opening"
    assert "x.jsonl:2" in result.stderr


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    assert grouped(tmp_path / "x.jsonl") == {}
    with pytest.raises(UsageError, match="No such file"):
        CliRunner().invoke(app, [str(tmp_path / "none.jsonl")], catch_exceptions=False)
