"""Requests and responses: the spider, its manners and its limits."""
