"""Events against the truth, beside two baselines in the same run: `nice python -m benchmarks.events [FILE.jsonl …]`.

Without files the sets of `event_sets/` are read. B-cubed is taken over all articles, copies and singles included, and
averaged over articles; a look-alike is apart when it shares no event with the one that it resembles. The baselines get
the threshold that is best in hindsight, which no product has: TF-IDF cosine of character pairs and triples with single
link, and the overlap of titles with single link, both within 72 hours. `--speed N` prints how many stories a second are
grouped. The weights were fitted on the sets of `event_sets/`: what they do on a set that they never saw is what
`benchmarks.event_weights` prints.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from math import log
from pathlib import Path
from typing import Any

from indexer.events.in_memory import find_events, report_of_story, with_own_rarity
from indexer.events.report import Report, report_of
from indexer.stories.article_lines import read_article_lines
from indexer.stories.in_memory import cluster

SETS = Path(__file__).parent / "event_sets"
WINDOW = timedelta(hours=72)
Row = dict[str, Any]
Grouping = dict[str, Hashable]
"""The group of each article, by its id."""


def main() -> None:
    """Print the figures that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(SETS.glob("*.jsonl")))
    parser.add_argument("--speed", type=int, metavar="N")
    arguments = parser.parse_args()
    for file in arguments.files:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        print(f"{file.name}: {len(rows)} articles, {len({row['event'] for row in rows})} events")
        for name, grouping in (("ours", ours(rows)), ("TF-IDF", best(rows, tfidf)), ("titles", best(rows, titles))):
            print(f"  {name:<7}{scores(rows, grouping)}")
    if arguments.speed:
        speed(arguments.files, arguments.speed)


def scores(rows: Sequence[Row], found: Grouping) -> str:
    """Return B-cubed precision, recall and F1 and the look-alikes that are apart, as a line."""
    precision, recall, f1 = bcubed({row["id"]: row["event"] for row in rows}, found)
    apart, alike = look_alikes_apart(rows, found)
    share = f"{apart} of {alike}" if alike else "-"
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, look-alikes apart {share}"


def bcubed(truth: Grouping, found: Grouping) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 (Bagga, Baldwin 1998), averaged over articles."""
    true_groups, found_groups = _members(truth), _members(found)
    precision = recall = 0.0
    for key in truth:
        right = len(true_groups[truth[key]] & found_groups[found[key]])
        precision += right / len(found_groups[found[key]]) / len(truth)
        recall += right / len(true_groups[truth[key]]) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def look_alikes_apart(rows: Sequence[Row], found: Grouping) -> tuple[int, int]:
    """Return how many look-alikes share no group with the event that they resemble, and how many there are."""
    groups: defaultdict[str, set[Hashable]] = defaultdict(set)
    for row in rows:
        groups[row["event"]].add(found[row["id"]])
    alike = [row for row in rows if row["role"] == "lookalike"]
    resembled = [row.get("resembles") or row["event"].rpartition("-L")[0] for row in alike]
    apart = [found[row["id"]] not in groups[event] for row, event in zip(alike, resembled, strict=True) if event]
    return sum(apart), len(apart)


def ours(rows: Sequence[Row]) -> Grouping:
    """Return the events that `deltanews events FILE` finds."""
    ids, reports = stories_of(rows)
    return {key: event.id for event in find_events(reports) for report in event.reports for key in ids[report.key]}


def stories_of(rows: Sequence[Row]) -> tuple[dict[str, list[str]], list[Report]]:
    """Return the stories that `deltanews events FILE` makes of the articles: their ids by story, and the reports."""
    items = read_article_lines((json.dumps(row) for row in rows), "set", _refuse)
    ids = {item.url: key for key, item in items.items()}
    stories = cluster(list(items.values()))
    reports = with_own_rarity(map(report_of_story, stories))
    return {story.id: [ids[item.url] for item in story.items] for story in stories}, reports


def _refuse(error: Exception) -> None:
    raise error


def best(rows: Sequence[Row], measure: Callable[[Sequence[Row]], dict[tuple[int, int], float]]) -> Grouping:
    """Return the single-link grouping of the threshold whose F1 is best in hindsight."""
    similar = measure(rows)
    truth: Grouping = {row["id"]: row["event"] for row in rows}
    groupings = [_single_link(rows, similar, step / 100) for step in range(2, 60)]
    return max(groupings, key=lambda grouping: bcubed(truth, grouping)[2])


def tfidf(rows: Sequence[Row]) -> dict[tuple[int, int], float]:
    """Return the TF-IDF cosine of character pairs and triples of each two articles."""
    counts = [_ngrams(f"{row['title']}\n{row['body']}", (2, 3)) for row in rows]
    documents = Counter(ngram for one in counts for ngram in one)
    vectors = []
    for one in counts:
        vector = {
            ngram: (1 + log(count)) * (1 + log((1 + len(rows)) / (1 + documents[ngram])))
            for ngram, count in one.items()
        }
        norm = sum(value**2 for value in vector.values()) ** 0.5
        vectors.append({ngram: value / norm for ngram, value in vector.items()})
    return {
        (one, other): sum(vectors[one][ngram] * vectors[other][ngram] for ngram in vectors[one].keys() & vectors[other])
        for one, other in _pairs(rows)
    }


def titles(rows: Sequence[Row]) -> dict[tuple[int, int], float]:
    """Return the share of character pairs that the titles of each two articles have in common (Jaccard)."""
    sets = [set(_ngrams(row["title"], (2,))) for row in rows]
    return {
        (one, other): len(sets[one] & sets[other]) / max(1, len(sets[one] | sets[other])) for one, other in _pairs(rows)
    }


def speed(files: Sequence[Path], count: int) -> None:
    """Print how many stories a second are grouped: the sets' articles, again and again, four days later each time."""
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    reports = []
    for number in range(count):
        row, later = rows[number % len(rows)], timedelta(days=100 * (number // len(rows)))
        moment = int((datetime.fromisoformat(row["published_at"]) + later).timestamp())
        reports.append(report_of(f"{number:08}", moment, row["title"], row["body"]))
    begun = time.process_time()
    found = len(find_events(reports))
    took = time.process_time() - begun
    print(f"{count / took:.0f} stories a second of processor time; {found} events of {count} stories")


def _pairs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    moments = [datetime.fromisoformat(row["published_at"]) for row in rows]
    return [
        (one, other) for one, other in combinations(range(len(rows)), 2) if abs(moments[one] - moments[other]) <= WINDOW
    ]


def _single_link(rows: Sequence[Row], similar: dict[tuple[int, int], float], least: float) -> Grouping:
    groups = list(range(len(rows)))

    def root(number: int) -> int:
        while groups[number] != number:
            number = groups[number]
        return number

    for (one, other), similarity in similar.items():
        if similarity >= least:
            groups[root(one)] = root(other)
    return {row["id"]: root(number) for number, row in enumerate(rows)}


def _ngrams(text: str, sizes: Sequence[int]) -> Counter[str]:
    return Counter(text[start : start + size] for size in sizes for start in range(len(text) - size + 1))


def _members(grouping: Grouping) -> defaultdict[Hashable, set[str]]:
    members: defaultdict[Hashable, set[str]] = defaultdict(set)
    for key, group in grouping.items():
        members[group].add(key)
    return members


if __name__ == "__main__":
    main()
