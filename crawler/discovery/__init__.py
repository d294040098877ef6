"""A list page in, article links out: HTML lists, feeds, sitemaps, JSON."""

from crawler.discovery.list_reader import read_list
from crawler.discovery.list_requests import start_requests

__all__ = ["read_list", "start_requests"]
