"""Measurements beside peers; they need what a user has not, and are no part of the product."""
