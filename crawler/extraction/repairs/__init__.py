"""Small repairs of a body, each a pure function from paragraphs to paragraphs.

Every one of them may be run twice without harm, never leaves a body empty, and returns a body without its fault
unchanged: tests/extraction/test_repairs*.py hold that on any input.
"""

Paragraphs = tuple[str, ...]
