"""Simulated sessions, seeded and streaming, with a truth that is known exactly."""

import hashlib
from collections.abc import Iterator
from typing import Literal

import numpy as np

from etl.sources.source import Batch
from etl.sources.synthetic.drawing import Profile, draw
from etl.sources.synthetic.table import SCHEMA, as_table
from etl.sources.synthetic.truth import GENERATOR_VERSION, truth
from etl.sources.synthetic.writing import write_csv, write_truth

__all__ = ["GENERATOR_VERSION", "SyntheticSource", "truth", "write_csv", "write_truth"]


class SyntheticSource:
    """Sessions that never happened.

    Parameters
    ----------
    profile : {"planted", "null", "seed"}
        ``planted`` is lifelike with a known engine effect, in ``null`` nothing has an effect on the outcome, ``seed``
        holds the source project's own numbers.
    sessions : int
        How many.
    seed : int
        Equal arguments give equal sessions.
    """

    origin: Literal["observed", "simulated"] = "simulated"
    size_unit: Literal["bytes", "rows"] = "rows"

    def __init__(self, profile: Profile = "planted", sessions: int = 200_000, seed: int = 42) -> None:
        self.profile, self.sessions, self.seed = profile, sessions, seed
        self.name = f"{sessions:,} simulated sessions (profile {profile}, seed {seed})"
        self.size = sessions

    def columns(self) -> tuple[str, ...]:
        """Return the source project's columns, and those that were added."""
        return tuple(SCHEMA.names)

    def fingerprint(self) -> str:
        """Return the SHA-256 of what the sessions follow from."""
        definition = f"synthetic {GENERATOR_VERSION} {self.profile} {self.sessions} {self.seed}"
        return hashlib.sha256(definition.encode()).hexdigest()

    def batches(self) -> Iterator[Batch]:
        """Yield the sessions in order of their start."""
        done = 0
        for block in draw(self.profile, self.sessions, self.seed):
            table = as_table(block, self.sessions)
            lines = np.arange(done + 1, done + 1 + table.num_rows)
            done += table.num_rows
            yield Batch(table, lines, done=done)

    def truth(self) -> dict[str, object]:
        """Return what is true of the population that the sessions are drawn from, see `truth`."""
        return truth(self.profile, self.sessions, self.seed)
