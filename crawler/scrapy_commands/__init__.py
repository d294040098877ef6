"""Scrapy's own commands, where ours say more than a traceback (Scrapy's setting COMMANDS_MODULE)."""
