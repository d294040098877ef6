"""What a drill is given: dice from the run's seed, its number of rounds, and a tally for the summary."""

import random
from collections import Counter


class Drill:
    """One drill of a run. Everything random in it comes from `dice`; everything it did is counted in `tally`."""

    def __init__(self, name: str, seed: int, rounds: int | None) -> None:
        self.name = name
        self.dice = random.Random(f"{seed} {name}")  # each drill its own, whichever others run beside it
        self.tally: Counter[str] = Counter()
        self._rounds = rounds

    def rounds(self, usual: int) -> int:
        """Return how often to repeat: what `--rounds` says, else the drill's usual number."""
        return usual if self._rounds is None else self._rounds

    def summary(self) -> str:
        """Return a line of figures: `test_kills: 26 crawls killed, 14 indexings killed`."""
        return f"{self.name}: {', '.join(f'{count} {what}' for what, count in self.tally.items()) or 'nothing counted'}"
