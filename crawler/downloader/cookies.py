"""Cookies, as Scrapy keeps them, with the list of public suffixes that is installed.

Scrapy's own middleware asks for the list's newest form at two addresses of the network before it keeps the first
cookie: requests that no source gave, which no policy of ours sees.
"""

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

cookies._split_domain = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


class CookiesMiddleware(cookies.CookiesMiddleware):
    """Scrapy's, under a name of its own: settings that switch the other off would switch this one off, too."""
