"""The reader's page: search, events, stories and the day's news in a browser, feeds, exports and a JSON API."""
