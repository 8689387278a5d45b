"""Encoding: what scikit-learn's learners need in place of codes and missing values."""

import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, SplineTransformer, StandardScaler

from model.examples import Feature

_MISSING = -1
N_KNOTS = 5


def one_hot(features: Sequence[Feature]) -> tuple[str, Any, list[int]]:
    """Return the step that gives each member of each category, and its absence, a column of its own."""
    places = _places(features, "category")
    members = [np.arange(_MISSING, len(features[place].members)) for place in places]
    encoder = OneHotEncoder(categories=members, handle_unknown="ignore", sparse_output=False)
    return "category", make_pipeline(SimpleImputer(strategy="constant", fill_value=_MISSING), encoder), places


def for_lines(features: Sequence[Feature]) -> ColumnTransformer:
    """Return columns for a model that is linear in them.

    Notes
    -----
    Categories one-hot with missing as a level of its own; numbers as cubic splines between quantiles, scaled, missing
    ones replaced by the median and flagged.
    """
    numbers = _places(features, "number")
    splines = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        SplineTransformer(n_knots=N_KNOTS, knots="quantile", extrapolation="linear", include_bias=False),
        StandardScaler(),
    )
    flags = MissingIndicator(features="all")
    return ColumnTransformer([one_hot(features), ("number", splines, numbers), ("missing", flags, numbers)])


def for_forests(features: Sequence[Feature]) -> ColumnTransformer:
    """Return columns for scikit-learn's trees: categories one-hot, numbers as they are, missing ones too."""
    return ColumnTransformer([one_hot(features), ("number", "passthrough", _places(features, "number"))])


def stored_size(model: object) -> int:
    """Return the bytes of a model when stored by pickle."""
    return len(pickle.dumps(model, protocol=5))


def _places(features: Sequence[Feature], kind: str) -> list[int]:
    return [place for place, feature in enumerate(features) if feature.kind == kind]
