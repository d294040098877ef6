"""The weights of `indexer/events/evidence.py`, and their worth: `nice python -m benchmarks.event_weights [FILE …]`.

Weights are fitted by logistic regression with a slight ridge penalty on the pairs that the product compares: stories,
folded, that are candidates. First each set is grouped with weights that were fitted on all the others, so that no
figure is of a set that its weights saw; `--held FILE` names sets that are measured so, too, and never fitted on. Then
the weights of all sets are printed, as they stand in `evidence.py`.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.events import SETS, Grouping, Row, bcubed, look_alikes_apart, stories_of
from indexer.events.clusters import LINK, grouped, thousandths
from indexer.events.evidence import Features, features
from indexer.events.in_memory import candidates_of

PENALTY = 0.3
"""Of the square of each weight."""

MARGIN = 0.5
"""What is taken off the fitted bias: two happenings taken for one are worse than one in two entries."""

Vector = NDArray[np.float64]


class Compared:
    """A set with the features of the pairs that the product compares."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self.rows: list[Row] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        self._ids, reports = stories_of(self.rows)
        self._reports = sorted(reports, key=lambda report: report.rank)
        found = [(one, later) for one, later in candidates_of(self._reports) if later]
        self._pairs = [(one, other) for one, later in found for other in later]
        self.values = np.array(
            [
                [*pair, 1.0]
                for one, later in found
                for pair in features(self._reports[one], [self._reports[number] for number in later])
            ]
        )
        truth = {row["id"]: row["event"] for row in self.rows}
        events = [truth[self._ids[report.key][0]] for report in self._reports]
        self.same = np.array([events[one] == events[other] for one, other in self._pairs], dtype=float)

    def grouped(self, weights: Vector) -> Grouping:
        """Return the groups that these weights make, the bias being the last of them."""
        scores = map(thousandths, (self.values @ weights).tolist())
        links = {pair: score for pair, score in zip(self._pairs, scores, strict=True) if score >= LINK}
        groups = grouped([report.timestamp for report in self._reports], links)
        return {
            key: group
            for group, numbers in enumerate(groups)
            for number in numbers
            for key in self._ids[self._reports[number].key]
        }


def main() -> None:
    """Print what the weights are worth, then the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(SETS.glob("*.jsonl")))
    parser.add_argument("--held", nargs="*", type=Path, default=[], metavar="FILE")
    arguments = parser.parse_args()
    fitted = [Compared(file) for file in arguments.files]
    figures = []
    for one in [*fitted, *map(Compared, arguments.held)]:
        grouping = one.grouped(fit([other for other in fitted if other is not one]))
        precision, recall, f1 = bcubed({row["id"]: row["event"] for row in one.rows}, grouping)
        apart, alike = look_alikes_apart(one.rows, grouping)
        figures.append((precision, recall, f1, apart, alike))
        print(f"{one.name}, left out: {_line(precision, recall, f1, apart, alike)}")
    means = np.mean([figure[:3] for figure in figures], axis=0).tolist()
    print(f"mean of {len(figures)}: {_line(*means, *(sum(figure[place] for figure in figures) for place in (3, 4)))}")
    *weights, bias = fit(fitted).tolist()
    print(", ".join(f"{name}={weight:.2f}" for name, weight in zip(Features._fields, weights, strict=True)))
    print(f"BIAS = {bias:.2f}")


def fit(sets: Sequence[Compared]) -> Vector:
    """Return weights that tell pairs of one event from others, the bias, less `MARGIN`, being the last of them."""
    values = np.concatenate([one.values for one in sets])
    same = np.concatenate([one.same for one in sets])
    penalty = np.eye(values.shape[1]) * PENALTY
    penalty[-1, -1] = 0  # not of the bias
    weights: Vector = np.zeros(values.shape[1])
    for _ in range(50):  # Newton's method converges in about ten steps
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        gradient = values.T @ (chance - same) + penalty @ weights
        curvature = (values * (chance * (1 - chance))[:, None]).T @ values + penalty
        weights = weights - np.linalg.solve(curvature, gradient)
    weights[-1] -= MARGIN
    return weights


def _line(precision: float, recall: float, f1: float, apart: float, alike: float) -> str:
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, look-alikes apart {apart:.0f} of {alike:.0f}"


if __name__ == "__main__":
    main()
