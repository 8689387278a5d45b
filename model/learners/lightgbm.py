"""LightGBM: the model itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import lightgbm
import numpy as np

from model.examples import Examples, Floats
from model.learners.inner_split import compact, has_both_outcomes, inner_split
from model.tree_settings import TreeSettings
from model.trees import check_outcomes, grow, threads_for


@dataclass(frozen=True, slots=True)
class FittedLightGBM:
    """Trees.

    Attributes
    ----------
    booster : lightgbm.Booster
        The trees; their text is what is stored.
    settings : mapping of str to str
        `TreeSettings.as_text`, with the number of trees that there are.
    n_bytes : int
        Of the text.
    """

    booster: lightgbm.Booster
    settings: Mapping[str, str]
    n_bytes: int

    def score(self, x: Floats) -> Floats:
        """Return the probability of a conversion for each row."""
        return np.asarray(self.booster.predict(x, num_threads=threads_for(len(x))), np.float64)


@dataclass(frozen=True, slots=True)
class LightGBM:
    """Shallow trees; as many as serve an inner part of the examples best, then grown on all of them.

    Attributes
    ----------
    tree_settings : TreeSettings
        How trees are grown.
    """

    tree_settings: TreeSettings = field(default_factory=TreeSettings)
    name: str = "lightgbm"
    label: str = "LightGBM"

    def fit(self, examples: Examples, seed: int) -> FittedLightGBM:
        """Return the trees."""
        check_outcomes(examples)
        settings = replace(self.tree_settings, trees=self.best_number(examples, seed))
        booster = grow(compact(examples), settings, seed)
        text = settings.as_text() | {"trees": str(booster.num_trees())}
        return FittedLightGBM(booster, text, len(booster.model_to_string().encode()))

    def best_number(self, examples: Examples, seed: int) -> int:
        """Return how many trees do best on the inner part; as many as allowed where it has one outcome only."""
        learned, chosen = inner_split(examples, seed)
        if not (has_both_outcomes(learned) and has_both_outcomes(chosen)):
            return self.tree_settings.trees
        return grow(compact(learned), self.tree_settings, seed, valid=compact(chosen)).num_trees()
