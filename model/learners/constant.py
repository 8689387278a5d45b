"""Constant: the base rate for everybody, which every model has to beat."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.examples import Examples, Floats
from model.trees import check_outcomes


@dataclass(frozen=True, slots=True)
class FittedConstant:
    """One rate."""

    rate: float

    @property
    def settings(self) -> Mapping[str, str]:
        """Return the rate."""
        return {"rate": f"{self.rate:.6g}"}

    @property
    def n_bytes(self) -> int:
        """Return the size of a number."""
        return 8

    def score(self, x: Floats) -> Floats:
        """Return the base rate for each row."""
        return np.full(len(x), self.rate)


@dataclass(frozen=True, slots=True)
class Constant:
    """Learns the conversion rate and nothing else."""

    name: str = "constant"
    label: str = "Base rate"

    def fit(self, examples: Examples, seed: int) -> FittedConstant:  # noqa: ARG002
        """Return the conversion rate."""
        check_outcomes(examples)
        return FittedConstant(examples.base_rate)
