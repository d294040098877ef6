"""The saved searches, and the one table of newest stories that the dashboard shows."""

from dataclasses import dataclass

from indexer.kibana.data_view import TIME_FIELD, data_view_reference
from indexer.kibana.saved_object import VERSION_MARK, SavedObject, object_id, text_of

PROVINCES = ("上海", "江苏", "浙江", "安徽")
_INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index"


@dataclass(frozen=True)
class Search:
    """A saved search: KQL, and how far back it looks."""

    name: str
    title: str
    description: str
    query: str = ""
    since: str = "now-30d"


NEWEST = Search("newest", "长三角：最新报道", "最近三十天的全部报道，新的在前。")
SEARCHES = (
    NEWEST,
    Search("today", "长三角：今日报道", "今天零点以来的全部报道。", since="now/d"),
    Search(
        "integration",
        "长三角：“长三角一体化”",
        "标题或正文里有“长三角一体化”的报道。中文词要加引号，才会按原词查找。",
        'title : "长三角一体化" or body : "长三角一体化"',
    ),
    *(
        Search(f"province-{place}", f"长三角：{place}媒体", f"{place}的媒体首发的报道。", f'province : "{place}"')
        for place in PROVINCES
    ),
    Search(
        "originals",
        "长三角：一家媒体的首发（安徽广播电视台）",
        "一家媒体首发的报道；把 ahtv 换成别家的编号，另存为自己的搜索。",
        'source : "ahtv"',
    ),
)


def search_id(alias: str, search: Search) -> str:
    """Return the id of a saved search."""
    return object_id(alias, f"search/{search.name}")


def saved_search(alias: str, search: Search) -> SavedObject:
    """Return the search as Kibana stores it."""
    source = {
        "query": {"query": search.query, "language": "kuery"},
        "filter": [],
        "highlightAll": True,
        "version": True,
        "indexRefName": _INDEX_REFERENCE,
    }
    attributes = {
        "title": search.title,
        "description": f"{search.description}（{VERSION_MARK}）",
        "columns": ["source_title", "title", "copy_count", "url"],
        "sort": [[TIME_FIELD, "desc"]],
        "grid": {"columns": {"title": {"width": 520}}},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": True,
        "timeRange": {"from": search.since, "to": "now"},
        "rowHeight": 2,
        "kibanaSavedObjectMeta": {"searchSourceJSON": text_of(source)},
    }
    references = (data_view_reference(alias, _INDEX_REFERENCE),)
    return SavedObject("search", search_id(alias, search), attributes, references)
