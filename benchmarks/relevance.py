"""How well articles are judged, beside a filter of keywords; and how many one core judges in a second.

Quality: the texts of `benchmarks/relevance_texts/`, written before the rules that they try: advertisements that borrow
the delta's words, news about the very trades that advertise, passages of joint action in articles about something else,
and what is hard to refuse. To `shown` the rules were fitted, to `unseen` none was; one hand wrote both. `denials` are
another hand's, who did not know the rules: half of them refuse, deny, end or imagine what others report, or borrow its
words. `other_hands` are of five more, each judged before it was opened; to the shown ones rules were then fitted.
`hard_hands` are of five that wrote what is hard to judge alone: halves of the shown ones were fitted to and the others
steered what stayed, the unseen ones did neither; by `everyday_judged`, a week of a desk's news, rules were only judged.
Relevant is what would be indexed: core or related. The peer keeps what names the delta, as a script of one line would.

Speed: articles of 1,500 characters from the labelled development set, each repeated up to that length (`repeated`), or
several of them in one (`dense`). Both have more words of the gazetteer than real reports have, and each word costs. The
peer is one compiled regular expression, the alternation of all spellings, that finds them and decides nothing.

    python -m benchmarks.relevance
"""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from archive.article import Level
from crawler.relevance import judge, load_gazetteer
from crawler.relevance.normalization import normalize

LABELLED = Path(__file__).parents[1] / "tests/data/relevance/development.jsonl"
TEXTS = Path(__file__).parent / "relevance_texts"
KEYWORDS = re.compile("长三角|长江三角洲|沪苏浙皖|苏浙皖沪|江浙沪皖|三省一市|一体化")
"""What a filter of keywords would keep."""
KEPT = {Level.CORE, Level.RELATED}
LENGTH = 1_500
MOST_KINDS = 20
"""Kinds of texts of which each is told; some hands gave every text its own."""
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


def compare(part: str, keeps: Callable[[str, str], bool]) -> str:
    """Return precision, recall and F1 of a filter on one part of the texts, and what it got right of each kind."""
    outcomes: Counter[tuple[bool, bool]] = Counter()
    right: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for line in (TEXTS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        kept = keeps(item["title"], item["body"])
        outcomes[item["relevant"], kept] += 1
        kinds[item["kind"]] += 1
        right[item["kind"]] += kept is item["relevant"]
    found, missed, wrong = outcomes[True, True], outcomes[True, False], outcomes[False, True]
    precision, recall = found / (found + wrong), found / (found + missed)
    by_kind = ", ".join(f"{kind} {right[kind]}/{number}" for kind, number in sorted(kinds.items()))
    told = f" (right: {by_kind})" if len(kinds) <= MOST_KINDS else ""
    return f"P {precision:.3f}, R {recall:.3f}, F1 {2 * found / (2 * found + wrong + missed):.3f}{told}"


def main() -> None:
    """Measure and print."""
    gazetteer = load_gazetteer()
    for part in (
        "shown", "unseen", "denials_shown", "denials_unseen", "other_hands_shown", "other_hands_unseen",
        "hard_hands_shown", "hard_hands_unseen", "everyday_judged",
    ):  # fmt: skip
        ours = compare(part, lambda title, body: judge(title, body, gazetteer).level in KEPT)
        keywords = compare(part, lambda title, body: KEYWORDS.search(f"{title}\n{body}") is not None)
        print(f"{part}: {ours}\n  keywords: {keywords}")
    spellings = sorted((spelling for spelling, _ in gazetteer.entries), key=len, reverse=True)
    alternation = re.compile("|".join(re.escape(spelling) for spelling in spellings))
    for name, articles in (("repeated", repeated()), ("dense", dense())):
        words = sum(len(gazetteer.find(normalize(body))) for _, body in articles) / len(articles)
        judged = per_second(lambda title, body: judge(title, body, gazetteer), articles)
        peer = per_second(lambda title, body: alternation.findall(normalize(title + body)), articles[::8])
        print(
            f"{name}: {len(articles)} articles of {LENGTH} characters, {words:.0f} words of the gazetteer in each; "
            f"judged {judged:.0f} articles/s on one core, regex that only finds {peer:.0f}, ratio {judged / peer:.1f}"
        )


if __name__ == "__main__":
    main()
