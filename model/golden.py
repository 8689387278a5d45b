"""Golden rows: inputs with the scores and contributions that they had when the model was trained."""

from typing import Any

import numpy as np
import orjson

from model.examples import Feature, Floats

N_ROWS = 20
_TOLERANCE = 1e-9


def golden_file(features: tuple[Feature, ...], booster: Any) -> bytes:
    """Return rows drawn from the vocabulary, with what the booster says of them, as JSON.

    Parameters
    ----------
    features : tuple of Feature
        The vocabulary.
    booster : Booster
        What is to be stored; None where there are no trees.
    """
    rows = draw_rows(features)
    if booster is None:
        return orjson.dumps({"rows": [], "scores": [], "contributions": []})
    scores = booster.predict(rows, raw_score=True, num_threads=1)
    contributions = booster.predict(rows, pred_contrib=True, num_threads=1)
    plain = {"rows": rows.tolist(), "scores": scores.tolist(), "contributions": contributions.tolist()}
    return orjson.dumps(plain)


def draw_rows(features: tuple[Feature, ...]) -> Floats:
    """Return rows of known, missing and outlying values; equal vocabularies have equal rows."""
    draw = np.random.default_rng(0)
    columns = [_column(feature, draw) for feature in features]
    rows = np.column_stack(columns) if columns else np.empty((N_ROWS, 0))
    rows[draw.random(rows.shape) < 0.1] = np.nan
    return rows


def is_golden(golden: bytes, booster: Any) -> bool:
    """Return whether a booster says of the golden rows what was said when it was trained."""
    plain = orjson.loads(golden)
    if not plain["rows"]:
        return True
    rows = np.array(plain["rows"], dtype=np.float64)
    scores = booster.predict(rows, raw_score=True, num_threads=1)
    contributions = booster.predict(rows, pred_contrib=True, num_threads=1)
    return bool(_equal(scores, plain["scores"]) and _equal(contributions, plain["contributions"]))


def _column(feature: Feature, draw: np.random.Generator) -> Floats:
    if feature.kind == "category":
        return draw.integers(max(len(feature.members), 1), size=N_ROWS).astype(np.float64)
    low, high = np.nan_to_num(feature.low), np.nan_to_num(feature.high)
    return draw.uniform(low, max(high, low), N_ROWS)


def _equal(found: Floats, written: list[Any]) -> bool:
    expected = np.array(written, dtype=np.float64)
    return found.shape == expected.shape and np.allclose(found, expected, rtol=_TOLERANCE, atol=_TOLERANCE)
