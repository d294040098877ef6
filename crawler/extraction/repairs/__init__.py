"""Small repairs of a body, each a pure function from paragraphs to paragraphs.

Every one of them may be run twice without harm, never leaves a body empty, and returns a body without its fault
unchanged: tests/extraction/test_repairs*.py hold that on any input. A repair must never cost more than it can win: it
takes text away only where the page bears witness that the text is not the article's (see `page_context`), what
it took is among the effects, and where it took much the body is doubtful (see `chain`).
"""

Paragraphs = tuple[str, ...]
