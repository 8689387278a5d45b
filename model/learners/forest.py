"""Random forest, with leaves so large that it neither remembers sessions nor fills a disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import Pipeline

from model.examples import Examples, Floats
from model.learners.encoding import for_forests, stored_size
from model.learners.inner_split import compact
from model.trees import check_outcomes


@dataclass(frozen=True, slots=True)
class FittedForest:
    """Trees that vote."""

    pipeline: Any
    settings: Mapping[str, str]
    n_bytes: int

    def score(self, x: Floats) -> Floats:
        """Return the mean rate of the leaves that each row falls into."""
        return np.asarray(self.pipeline.predict_proba(x)[:, 1], np.float64)


@dataclass(frozen=True, slots=True)
class Forest:
    """A random forest.

    Attributes
    ----------
    trees : int
        How many.
    min_sessions_in_leaf : float
        Least sessions in a leaf; at most a tenth of all.
    min_share_in_leaf : float
        Least part of the sessions in a leaf, which decides beyond 200,000 sessions.
    rows_of_a_tree : int
        Most rows that each tree draws; trees that see different rows err in different places.
    """

    trees: int = 100
    min_sessions_in_leaf: float = 200.0
    min_share_in_leaf: float = 0.001
    rows_of_a_tree: int = 30_000
    name: str = "forest"
    label: str = "Random forest"

    def fit(self, examples: Examples, seed: int) -> FittedForest:
        """Return the forest."""
        check_outcomes(examples)
        share = max(self.min_share_in_leaf, min(self.min_sessions_in_leaf / examples.weight.sum(), 0.1))
        rows = compact(examples)
        n_drawn = min(self.rows_of_a_tree, len(rows))
        forest = RandomForestClassifier(
            n_estimators=self.trees,
            min_weight_fraction_leaf=share,
            max_features="sqrt",
            max_samples=n_drawn,
            random_state=seed,
            n_jobs=-1,
        )
        pipeline = Pipeline([("columns", for_forests(examples.features)), ("forest", forest)])
        pipeline.fit(rows.x, rows.y, forest__sample_weight=rows.weight)
        forest.set_params(n_jobs=1)  # threads add votes up as they end: the last digits would differ each time
        settings = {"trees": str(self.trees), "rows_of_a_tree": str(n_drawn), "min_share_in_leaf": f"{share:.6g}"}
        return FittedForest(pipeline, settings | {"features_at_a_split": "sqrt"}, stored_size(pipeline))
