"""All assets for one alias."""

from core.time import SHANGHAI
from indexer.kibana.dashboard import dashboard
from indexer.kibana.data_view import data_view, data_view_id
from indexer.kibana.saved_object import SavedObject, text_of
from indexer.kibana.searches import SEARCHES, saved_search


def space_settings(alias: str) -> dict[str, str]:
    """Return the advanced settings of a space that make what analysts type find what they mean.

    With Lucene and AND, `长三角一体化` without quotation marks finds nearly what it does with them: 306 stories for 297
    of 21,000, KQL 4,461. Times are those of the delta, whatever the browser's zone.
    """
    return {
        "search:queryLanguage": "lucene",
        "query:queryString:options": text_of({"analyze_wildcard": True, "default_operator": "AND"}),
        "dateFormat:tz": SHANGHAI.key,
        "defaultIndex": data_view_id(alias),
    }


def kibana_assets(alias: str) -> list[SavedObject]:
    """Return every object, what is referred to before what refers."""
    return [data_view(alias), *(saved_search(alias, search) for search in SEARCHES), dashboard(alias)]
