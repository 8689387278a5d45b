"""find_drift: whether the sessions of today are still those that a model learned from."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from analytics.estimate import Estimate
from analytics.experiment.correction import holm
from config import Config
from model.examples import NO_DAY, Examples, Feature, Floats, Whole
from model.predictor import probability_of
from model.reading import read_sample
from model.registry import Stored
from model.report.drift import Drift, FeatureDrift
from model.scored import Scored
from model.scoring.influence import Influence, plain, ratio_of
from model.signal import find_signal
from model.split import fold_of
from model.stability import Stability, bins_of, stability_of
from model.trained import TrainedTask
from semantic.domain import EPOCH
from semantic.store import Store

RECENT_DAYS = 7
LEAST_SESSIONS = 200
"""On each side; fewer say nothing."""

LEVEL = 0.01
"""At which drift is called shown, after Holm over all that is looked at."""

_FOLDS = 5


def drift_of(config: Config, store: Store, stored: Stored) -> Drift:
    """Return how the newest sessions of the data differ from those that a version learned from.

    Parameters
    ----------
    config : Config
        Seed, level of intervals, and how many sessions are read at most.
    store : Store
        The data of now.
    stored : Stored
        The version.

    Notes
    -----
    Recent are the sessions after the last day that was learned from; where there are none, the last seven days. The
    reference are the sessions before.
    """
    sample = read_sample(store, config)
    found = find_drift(sample, stored.tasks, _cut(sample, stored.report.data.last_day), config)
    return replace(found, computed_at=int(time.time() * 1_000), data_version=store.version())


def find_drift(sample: Examples, tasks: Sequence[TrainedTask], cut: int | None, config: Config) -> Drift:
    """Return how sessions from a day on differ from those before.

    Parameters
    ----------
    sample : Examples
        Single sessions.
    tasks : sequence of TrainedTask
        The models whose scores are looked at.
    cut : int or None
        First recent day, since 1970; None: it is not known.
    config : Config
        Seed and level of intervals.
    """
    if cut is None or sample.day is None:
        return Drift("not known", "The data has no time by which recent sessions could be told from those before.")
    sample = sample.rows(np.flatnonzero(sample.day != NO_DAY))
    is_recent = (_days(sample) >= cut).astype(np.float64)
    n_recent = int(is_recent.sum())
    n_reference = len(sample) - n_recent
    if min(n_recent, n_reference) < LEAST_SESSIONS:
        few = f"There are {n_recent:,} recent sessions and {n_reference:,} before; at least {LEAST_SESSIONS} of each"
        return Drift("not known", f"{few} are needed to compare them.", n_reference=n_reference, n_recent=n_recent)
    return _compared(sample, is_recent, [task for task in tasks if task.trees and not task.is_withheld], config)


def _compared(sample: Examples, is_recent: Floats, tasks: Sequence[TrainedTask], config: Config) -> Drift:
    confidence, seed = config.display.confidence, config.model.seed
    shifts = [_of_feature(sample, feature, is_recent) for feature in sample.features]
    scores = [_scores(sample, task) for task in tasks]
    of_scores = [stability_of(bins_of(s, s[is_recent == 0]), is_recent, sample.user) for s in scores]
    labelled = replace(sample, y=is_recent, day=None)
    domain = find_signal(labelled, fold_of(labelled, _FOLDS, seed), confidence, seed)
    adjusted = holm([one.p_value for one in (*shifts, *of_scores)] + [domain.p_value]).tolist()
    features = _named(((f.name, f.label) for f in sample.features), shifts, adjusted)
    named_scores = _named(((t.name, t.name) for t in tasks), of_scores, adjusted[len(shifts) :])
    drift = Drift(
        verdict="drift shown" if min(adjusted) < LEVEL else "no drift shown",
        sentence="",
        reference_days=_span(_days(sample)[is_recent == 0]),
        recent_days=_span(_days(sample)[is_recent == 1]),
        n_reference=int((1 - is_recent).sum()),
        n_recent=int(is_recent.sum()),
        features=tuple(sorted(features, key=lambda one: -one.stability)),
        scores=named_scores,
        score_shift=tuple(_shift(sample, score, is_recent, confidence) for score in scores),
        domain_auc=domain.auc,
        p_domain=adjusted[-1],
    )
    return replace(drift, sentence=_sentence(drift))


def _of_feature(sample: Examples, feature: Feature, is_recent: Floats) -> Stability:
    column = sample.column(feature.name)
    return stability_of(bins_of(column, column[is_recent == 0], len(feature.members)), is_recent, sample.user)


def _named(
    names: Iterable[tuple[str, str]], found: Sequence[Stability], adjusted: Sequence[float]
) -> tuple[FeatureDrift, ...]:
    return tuple(
        FeatureDrift(name, label, one.index, one.noise, one.p_value, p)
        for (name, label), one, p in zip(names, found, adjusted, strict=False)
    )


def _scores(sample: Examples, task: TrainedTask) -> Floats:
    """Return what a task's model says of the sessions, whatever order the members of today have."""
    import lightgbm

    x = np.column_stack([_as_learned(sample, feature) for feature in task.features])
    log_odds = lightgbm.Booster(model_str=task.trees).predict(x, raw_score=True)
    return probability_of(task.sigmoid.slope * np.asarray(log_odds) + task.sigmoid.intercept)


def _as_learned(sample: Examples, feature: Feature) -> Floats:
    """Return a column in the codes of a model; what it does not know, and what the data lacks, is missing."""
    if feature.name not in sample.names:
        return np.full(len(sample), np.nan)
    column = sample.column(feature.name)
    if feature.kind == "number":
        return column
    own = sample.features[sample.names.index(feature.name)].members
    codes = {member: float(code) for code, member in enumerate(feature.members)}
    known = np.array([*(codes.get(member, np.nan) for member in own), np.nan])
    return np.asarray(known[np.where(np.isnan(column), len(own), np.nan_to_num(column)).astype(np.int64)])


def _shift(sample: Examples, score: Floats, is_recent: Floats, confidence: float) -> Estimate:
    """Return the mean score of recent sessions less that of the reference."""
    scored = Scored.of(sample, score)
    recent, before = (
        ratio_of(scored, score * is_recent, is_recent),
        ratio_of(scored, score * (1 - is_recent), 1 - is_recent),
    )
    return plain(Influence(recent.value - before.value, recent.rows - before.rows), scored, confidence)


def _cut(sample: Examples, last_day: str) -> int | None:
    """Return the first day after those that were learned from; where the data ends there, of its last seven."""
    if sample.day is None or not (sample.day != NO_DAY).any():
        return None
    newest = int(_days(sample).max())
    learned = (date.fromisoformat(last_day) - EPOCH).days if last_day else newest
    return learned + 1 if newest > learned else newest - RECENT_DAYS + 1


def _days(sample: Examples) -> Whole:
    return sample.day if sample.day is not None else np.zeros(len(sample), np.int64)


def _span(days: Whole) -> tuple[str, str]:
    first, last = ((EPOCH + timedelta(days=int(day))).isoformat() for day in (days.min(), days.max()))
    return first, last


def _sentence(drift: Drift) -> str:
    sides = (
        f"{drift.n_recent:,} recent sessions ({' to '.join(drift.recent_days)}) against {drift.n_reference:,} before"
    )
    if drift.verdict == "no drift shown":
        return f"No drift is shown: {sides} do not differ by more than chance."
    shown = [one for one in drift.features if one.p_adjusted < LEVEL]
    if not shown:
        return f"Recent sessions differ from those learned from, in no single feature by itself: {sides}."
    most = shown[0]
    index = f"index {most.stability:.3f}, {_size(most.stability)}"
    return f"Recent sessions differ from those learned from, most in {most.label} ({index}): {sides}."


def _size(index: float) -> str:
    return "small" if index < 0.1 else "moderate" if index < 0.25 else "large"
