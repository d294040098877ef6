"""Scrapy's parts: downloader middlewares, resolver, settings, spider loader; one page on demand."""
