"""Scrapy's settings: the politeness policy, and everything switched off that Scrapy 2.19 leaves on by default.

Scrapy reads the upper-case names of this module (`scrapy list`, `scrapy crawl`, and our own commands); the values come
from `[crawler]` of the settings.
"""

import os
from urllib.parse import urlsplit

from crawler.settings import CrawlerSettings
from crawler.sources.configured import configured_source_files

_crawler = CrawlerSettings.load()
_sources = configured_source_files().sources

if _crawler.ca_file is not None:
    os.environ["SSL_CERT_FILE"] = str(_crawler.ca_file)  # OpenSSL's own way to name other certificate authorities

BOT_NAME = "deltanews"
USER_AGENT = _crawler.user_agent
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}
SPIDER_LOADER_CLASS = "crawler.downloader.spider_loader.SourceSpiderLoader"
COMMANDS_MODULE = "crawler.scrapy_commands"

# One request at a time, and never sooner than the delay: the domain lock excludes other processes meanwhile.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = _crawler.delay
DOWNLOAD_DELAY_JITTER = 0.0  # jitter may halve the delay
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = _crawler.delay
AUTOTHROTTLE_MAX_DELAY = 60.0

ROBOTSTXT_OBEY = False  # our own middleware obeys it, also where it cannot be read
RETRY_ENABLED = False  # our own middleware waits, and knows Retry-After
RETRY_TIMES = _crawler.retries
DELTANEWS_BACKOFF = _crawler.backoff
DELTANEWS_MAX_RETRY_AFTER = _crawler.max_retry_after
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # lets dont_filter requests and redirects pass
    "crawler.downloader.guard.GuardMiddleware": 50,
    "crawler.downloader.robots.RobotsMiddleware": 100,
    "crawler.downloader.rendering.RenderingMiddleware": 540,  # sees what the others let through, unpacked
    "crawler.downloader.retry.RetryMiddleware": 550,
    "crawler.downloader.bodies.BodyMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.downloader.cookies.CookiesMiddleware": 700,
    "crawler.downloader.proxy.ProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "crawler.downloader.budget.BudgetMiddleware": 890,  # sees every request that is really made, robots.txt too
    "crawler.downloader.delay.DelayMiddleware": 900,
}
DELTANEWS_PROXY = _crawler.proxy
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the archive knows what was fetched

DOWNLOAD_TIMEOUT = _crawler.timeout
DOWNLOAD_MAXSIZE = _crawler.max_page_bytes
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # our own middleware looks whether a page is whole all the same
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5
METAREFRESH_IGNORE_TAGS = ["script", "noscript"]  # what a script may write, or a reader without scripts is sent to
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloader.connections.HttpDownloadHandler",
    "https": "crawler.downloader.connections.HttpDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "crawler.downloader.resolver.PublicResolver"
DELTANEWS_TRUSTED_HOSTS = sorted(
    {host for source in _sources.values() if source.private for host in source.hosts}
    | ({urlsplit(_crawler.proxy).hostname or ""} if _crawler.proxy else set())
)

FEED_EXPORT_ENCODING = "utf-8"
CONCURRENT_ITEMS = 1  # so many tasks are made for every response, whatever it yields; an article page yields one item

EXTENSIONS = {  # they would not be used, and a tenth of a second goes into loading what they need
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
COOKIES_ENABLED = True  # some sites let in only who brings back what their first answer set; kept for one crawl
REFERRER_POLICY = "no-referrer"
HTTPCACHE_ENABLED = False
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0.0
