"""How many articles of 1,500 characters one core judges in a second, beside a peer that only finds the same words.

The articles come from the labelled development set: each repeated up to that length (`repeated`), or several of them in
one (`dense`). Both have more words of the gazetteer than real reports have, and each word costs. The peer is one
compiled regular expression, the alternation of all spellings, that finds them and decides nothing.

    python -m benchmarks.relevance
"""

import json
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from crawler.relevance import judge, load_gazetteer
from crawler.relevance.normalization import normalize

LABELLED = Path(__file__).parents[1] / "tests/data/relevance/development.jsonl"
LENGTH = 1_500
ROUNDS = 7
Articles = list[tuple[str, str]]


def repeated() -> Articles:
    """Return every labelled article, its body repeated up to 1,500 characters."""
    items = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    return [(item["title"], (item["body"] * (LENGTH // len(item["body"]) + 1))[:LENGTH]) for item in items]


def dense() -> Articles:
    """Return articles put together from labelled ones at random, always the same."""
    choose = random.Random(7)
    items = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    made = []
    for item in items:
        body = ""
        while len(body) < LENGTH:
            body += choose.choice(items)["body"] + "\n"
        made.append((item["title"], body[:LENGTH]))
    return made


def per_second(work: Callable[[str, str], object], articles: Articles) -> float:
    """Return articles a second of processor time, the best of several rounds: others use this machine too."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for title, body in articles:
            work(title, body)
        seconds.append(time.process_time() - start)
    return len(articles) / min(seconds)


def main() -> None:
    """Measure and print."""
    gazetteer = load_gazetteer()
    spellings = sorted((spelling for spelling, _ in gazetteer.entries), key=len, reverse=True)
    alternation = re.compile("|".join(re.escape(spelling) for spelling in spellings))
    for name, articles in (("repeated", repeated()), ("dense", dense())):
        words = sum(len(gazetteer.find(normalize(body))) for _, body in articles) / len(articles)
        ours = per_second(lambda title, body: judge(title, body, gazetteer), articles)
        peer = per_second(lambda title, body: alternation.findall(normalize(title + body)), articles[::8])
        print(
            f"{name}: {len(articles)} articles of {LENGTH} characters, {words:.0f} words of the gazetteer in each; "
            f"judged {ours:.0f} articles/s on one core, regex that only finds {peer:.0f}, ratio {ours / peer:.1f}"
        )


if __name__ == "__main__":
    main()
