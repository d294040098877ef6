"""A small archive: a report with a copy that cuts it, a report that was changed, single ones, and a hostile one."""

from datetime import datetime, timedelta
from pathlib import Path

from archive.article import Article, Level, Passage, Precision, Relevance, Term
from archive.articles import mark_withdrawn, save_article
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import store_source_titles
from core.time import SHANGHAI
from indexer.indexing import index_changes
from indexer.settings import IndexerSettings

TITLES = {"jstv": "荔枝网", "smg": "看看新闻", "zjtv": "新蓝网", "ahtv": "安徽网"}
PROVINCES = {"jstv": "江苏", "smg": "上海", "zjtv": "浙江", "ahtv": "安徽"}
RAILWAY = "沪苏通铁路二期今天开通运营"
RAILWAY_TEXT = (
    "本报讯：沪苏通铁路二期今天上午正式开通运营，从太仓到四团只要四十分钟。\n"
    "这是上海、江苏两地共同推进长三角一体化的又一条通道，首趟列车坐了九百名旅客。\n"
    "铁路部门说，下个月还要加开六对列车，票价同普速列车一样。\n"
    "乘客王女士每周往返两地，她算了一笔账，一年能省下二百个小时。"
)
PASSAGE = "这是上海、江苏两地共同推进长三角一体化的又一条通道，首趟列车坐了九百名旅客。"
CUT = "乘客王女士每周往返两地，她算了一笔账，一年能省下二百个小时。"
TAKEN_DOWN = "合肥与南京共建实验室"
HOSTILE = '<script>document.title="taken"</script><img src=x onerror="document.title=1">\u202e长三角'
HOSTILE_TEXT = (
    '<svg onload=document.title="taken"></svg>" autofocus onfocus="x" \u2066长三角一体化\u2069 {{ 7 * 7 }}\n'
    '</bdi></main><script>document.title="taken"</script>'
)


def article(source: str, at: str, title: str, body: str, **fields: object) -> Article:
    """Return an article of a source; `at` is a minute in Shanghai."""
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    url = f"https://{source}.example/{moment:%Y%m%d%H%M}.html"
    values: dict[str, object] = {
        "url": url,
        "canonical_url": url,
        "source": source,
        "section": "news",
        "province": PROVINCES[source],
        "title": title,
        "body": body,
        "published_at": moment,
        "published_precision": Precision.MINUTE,
        "fetched_at": moment + timedelta(minutes=10),
        "relevance": Relevance(level=Level.CORE, score=71.6, topics=("交通互联",), cities=("上海", "苏州")),
    }
    return Article.model_validate(values | fields)


def _railway() -> Article:
    start = RAILWAY_TEXT.index(PASSAGE)
    found = Relevance(
        level=Level.CORE,
        score=71.6,
        topics=("交通互联",),
        cities=("上海", "苏州"),
        terms=(Term(text="共同推进", kind="cooperation", field="body", start=start + 10, end=start + 14),),
        passage=Passage(field="body", start=start, end=start + len(PASSAGE)),
    )
    fields = {"credit": "荔枝新闻", "reporters": ("陈晨",), "programme": "江苏新时空", "relevance": found}
    return article("jstv", "2026-11-20T10:00", RAILWAY, RAILWAY_TEXT, **fields)


def articles() -> list[Article]:
    """Return the articles, in the order in which they are saved."""
    copied = RAILWAY_TEXT.replace(f"\n{CUT}", "")
    return [
        _railway(),
        article("smg", "2026-11-20T12:25", RAILWAY, copied, credit="看看新闻"),
        article(
            "zjtv",
            "2026-11-19T09:00",
            "长三角医保异地结算再扩围",
            "浙江的参保人员在安徽看病可以直接结算。全国率先。",
            relevance=Relevance(level=Level.RELATED, score=40, topics=("公共服务",), cities=("杭州",)),
        ),
        article(
            "zjtv",
            "2026-11-19T09:00",
            "长三角医保异地结算再扩围到县",
            "浙江的参保人员在安徽看病可以直接结算。惠及两千万人。",
        ),
        article(
            "ahtv",
            "2026-10-02T08:00",
            TAKEN_DOWN,
            "合肥与南京两地签约共建量子实验室，长三角科创共同体又进一步。",
            relevance=Relevance(level=Level.CORE, score=60, topics=("科技创新",), cities=("合肥", "南京")),
        ),
        article(
            "ahtv",
            "2026-11-18T08:00",
            HOSTILE,
            HOSTILE_TEXT,
            url="javascript:alert(1)",
            credit="<b>来源</b>",
            relevance=Relevance(level=Level.RELATED, score=30, topics=("<i>主题",), cities=('"><script>',)),
        ),
    ]


def fill(folder: Path) -> tuple[ArchiveSettings, IndexerSettings]:
    """Make the archive and its embedded index in a folder; return their settings."""
    archive, indexer = ArchiveSettings(directory=folder / "archive"), IndexerSettings(directory=folder / "index")
    database = Database.open(archive)
    with database.write() as connection:
        store_source_titles(connection, TITLES)
        for one in articles():
            saved = save_article(connection, one, page_id=None)
            if one.title == TAKEN_DOWN:
                mark_withdrawn(connection, saved.id, at=one.fetched_at + timedelta(hours=7))
    database.close()
    index_changes(archive, indexer)
    return archive, indexer
