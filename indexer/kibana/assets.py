"""All assets for one alias."""

from indexer.kibana.dashboard import dashboard
from indexer.kibana.data_view import data_view
from indexer.kibana.saved_object import SavedObject
from indexer.kibana.searches import SEARCHES, saved_search


def kibana_assets(alias: str) -> list[SavedObject]:
    """Return every object, what is referred to before what refers."""
    return [data_view(alias), *(saved_search(alias, search) for search in SEARCHES), dashboard(alias)]
