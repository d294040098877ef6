"""A list page in, article links out: HTML lists, feeds, sitemaps, JSON."""

from crawler.discovery.list_requests import start_requests
from crawler.discovery.reading import read_list

__all__ = ["read_list", "start_requests"]
