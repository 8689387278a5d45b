"""Segments: how scores do within each member of a dimension, and whether members are treated alike."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.estimate import Estimate
from analytics.experiment.correction import holm
from model.examples import Examples, Feature, Floats, Whole
from model.report import SegmentScore
from model.scored import Scored
from model.scoring.auc import auc
from model.scoring.influence import plain, ratio_of
from model.scoring.shares import SHARES, Groups, member_shares
from semantic.catalog import MISSING
from semantic.domain import bin_labels

MIN_SESSIONS = 100
MIN_CONVERTED = 10
UNTOLD = (
    "mean_score",
    "auc",
    "calibration_gap",
    "selected",
    "recall",
    "precision",
    "selected_difference",
    "recall_difference",
)
"""What is left empty where there are too few sessions."""


def segments_of(
    scored: Scored,
    examples: Examples,
    threshold: float,
    confidence: float,
    dimensions: Mapping[str, tuple[float, ...]],
) -> tuple[SegmentScore, ...]:
    """Return how scores do within each member of some dimensions.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    examples : Examples
        The same rows with their features.
    threshold : float
        Sessions scored at least this are selected.
    confidence : float
        Two-sided level of each interval.
    dimensions : mapping of str to tuple of float
        Names of features, and where numbers are cut; empty for categories. Names that there are not are passed over.

    Returns
    -------
    tuple of SegmentScore
        Members that occur, in their order; missing values last. Of one with fewer than 100 sessions or 10 conversions
        only the base rate is told; it is not compared either, nor where that holds for the rest of its dimension.
        ``p_adjusted`` is Holm's over all recall differences that were tested, 1 where none was.
    """
    selected = (scored.score >= threshold).astype(np.float64)
    found: list[tuple[SegmentScore, float | None]] = []
    for feature in examples.features:
        if feature.name in dimensions:
            code, labels = _codes(examples.column(feature.name), feature, dimensions[feature.name])
            found += _of_dimension(scored, selected, (code, labels), confidence, feature)
    p_values = [p_value for _, p_value in found if p_value is not None]
    adjusted = iter(holm(p_values).tolist())
    return tuple(one if p_value is None else replace(one, p_adjusted=next(adjusted)) for one, p_value in found)


def _codes(column: Floats, feature: Feature, edges: tuple[float, ...]) -> tuple[Whole, tuple[str, ...]]:
    is_missing = np.isnan(column)
    if feature.kind == "category":
        labels, code = feature.members, np.nan_to_num(column).astype(np.int64)
    else:
        integral = bool((column[~is_missing] == np.floor(column[~is_missing])).all())
        labels = bin_labels(edges, integral=integral) if edges else ("all",)
        code = np.searchsorted(edges, column, side="right").astype(np.int64)
    return np.where(is_missing, len(labels), code), (*labels, MISSING)


def _of_dimension(
    scored: Scored, selected: Floats, coded: tuple[Whole, tuple[str, ...]], confidence: float, feature: Feature
) -> Iterator[tuple[SegmentScore, float | None]]:
    """Yield the scores of members that occur, with the p-value of the recall's difference where it was tested."""
    code, labels = coded
    shares = member_shares(scored, selected, code, len(labels))
    told = {name: shares.estimates(name, confidence) for name in SHARES}
    differences, p_values = {}, [1.0]
    for name in ("selected", "recall"):
        differences[f"{name}_difference"], p_values = shares.differences(name, confidence)
    enough, is_compared = _is_enough(shares.members), _is_enough(shares.members) & _is_enough(shares.rest)
    for place in np.flatnonzero(shares.members.counts[:, 0] > 0):
        one = _bare(feature, labels[place], told["base_rate"][place])
        if enough[place]:
            one = _with(one, {name: column[place] for name, column in told.items()})
            one = _with(one, _of_scores(scored.rows(np.flatnonzero(code == place)), confidence))
        if is_compared[place]:
            one = _with(one, {name: column[place] for name, column in differences.items()})
        yield one, p_values[place] if is_compared[place] else None


def _is_enough(groups: Groups) -> npt.NDArray[np.bool_]:
    return np.asarray((groups.counts[:, 0] >= MIN_SESSIONS) & (groups.counts[:, 1] >= MIN_CONVERTED))


def _bare(feature: Feature, member: str, base_rate: Estimate) -> SegmentScore:
    """Return a member of which only the base rate is told."""
    empty = {name: Estimate(None, None, None, base_rate.n) for name in UNTOLD}
    return SegmentScore(feature.name, feature.label, member, base_rate, **empty, p_adjusted=1.0)


def _with(one: SegmentScore, found: dict[str, Any]) -> SegmentScore:
    return replace(one, **found)


def _of_scores(rows: Scored, confidence: float) -> dict[str, Estimate]:
    everyone = np.ones(len(rows))
    return {
        "auc": auc(rows, confidence),
        "mean_score": plain(ratio_of(rows, rows.score, everyone), rows, confidence),
        "calibration_gap": plain(ratio_of(rows, rows.score - rows.y, everyone), rows, confidence),
    }
