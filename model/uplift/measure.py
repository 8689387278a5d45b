"""Measure: everything about which engine for whom, each part only where what it rests on is shown."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats
from model.examples import Examples
from model.report import Uplift, UpliftLearner
from model.uplift.average import Scores, average_effect, scores_of
from model.uplift.axes import Axis, axes_of
from model.uplift.heterogeneity import Heterogeneity, differs_along, judge
from model.uplift.learners import FIRST, LABELS, predict
from model.uplift.options import UpliftOptions
from model.uplift.policy import learn_rules, value_of
from model.uplift.qini import curve_of, deciles_of, qini_of, rank
from model.uplift.randomisation import Randomisation, check_randomisation
from model.uplift.segments import segments_of
from model.uplift.trial import Trial, trial_of
from model.uplift.words import points
from model.wording import p_in_words


def measure_uplift(examples: Examples, control: str, treatment: str, options: UpliftOptions) -> Uplift:
    """Return which engine is better, for whom, and what knowing it is worth.

    Parameters
    ----------
    examples : Examples
        Sessions with their users and the feature ``variant``; of more than two variants the others are passed over.
        Features that are consequences or chosen by the engine are not used.
    control, treatment : str
        Members of ``variant``.
    options : UpliftOptions
        Confidence, folds, seed and edges of bands.

    Raises
    ------
    ModelError
        Where there are too few sessions, conversions or users of either variant.

    Notes
    -----
    See docs/methods/uplift.md. Where variants were not given at random nothing else is shown; where the effect is not
    shown to differ, neither policy nor rules are.
    """
    trial = trial_of(examples, control, treatment, options)
    axes = axes_of(trial.examples, options.edges)
    names = (control, treatment)
    randomisation = check_randomisation(trial, axes, names, options)
    if not randomisation.is_randomised:
        return _withheld(trial, names, randomisation)
    scores, judged = _learn(trial)
    return _found(trial, _Found(axes, scores, judged, randomisation), names, options)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Sessions whose effects were learned from earlier folds, their scores, and the effects by learner."""

    rows: npt.NDArray[np.bool_]
    trial: Trial
    scores: Scores
    effects: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the report is made of."""

    axes: tuple[Axis, ...]
    scores: Scores
    judged: _Judged
    randomisation: Randomisation


def _learn(trial: Trial) -> tuple[Scores, _Judged]:
    predictions = predict(trial)
    scores = scores_of(trial, predictions)
    rows = np.isin(trial.fold, trial.judged_folds)
    effects = {name: effect[rows] for name, effect in predictions.effects.items()}
    return scores, _Judged(rows, trial.rows(rows), scores.rows(rows), effects)


def _withheld(trial: Trial, names: tuple[str, str], randomisation: Randomisation) -> Uplift:
    return Uplift(
        control=names[0],
        treatment=names[1],
        features=trial.examples.names,
        is_randomised=False,
        p_randomised=randomisation.p_value,
        randomisation=randomisation.sentence,
        average=Estimate(None, None, None, trial.examples.n_sessions),
        verdict="not randomised",
        p_value=1.0,
        sentence=randomisation.sentence,
    )


def _found(trial: Trial, found: _Found, names: tuple[str, str], options: UpliftOptions) -> Uplift:
    judged, level = found.judged, options.confidence
    ranks = rank(judged.effects[FIRST], judged.trial.examples.weight, judged.trial.fold)
    learners, p_ranking = _learners(judged, level)
    tests = (p_ranking, differs_along(trial, found.scores, found.axes, options))
    verdict = judge(judged.trial, judged.scores, ranks, tests, options)
    average = average_effect(trial, found.scores, level)
    segments, n_segments = segments_of(trial, found.axes, options)
    report = Uplift(
        control=names[0],
        treatment=names[1],
        features=trial.examples.names,
        is_randomised=True,
        p_randomised=found.randomisation.p_value,
        randomisation=found.randomisation.sentence,
        average=average,
        verdict=verdict.verdict,
        p_value=verdict.p_value,
        sentence=_sentence(verdict),
        learners=learners,
        qini_curve=curve_of(judged.trial, judged.scores, ranks, level),
        deciles=deciles_of(judged.trial, judged.scores, ranks, level),
        segments=segments,
        n_segments=n_segments,
    )
    return _with_policies(report, trial, found, options) if verdict.verdict == "differs" else report


def _learners(judged: _Judged, confidence: float) -> tuple[tuple[UpliftLearner, ...], float]:
    """Return all learners, the one that is used first, and p of its ranking."""
    found, p_values = [], []
    for name, effect in judged.effects.items():
        qini, area, p_value = qini_of(judged.trial, judged.scores, effect, confidence)
        found.append(UpliftLearner(name, LABELS[name], qini, area))
        p_values.append(p_value)
    return tuple(found), p_values[0]


def _with_policies(report: Uplift, trial: Trial, found: _Found, options: UpliftOptions) -> Uplift:
    """Return the report with the policy by predicted effect, and the one by rules, which are told where both hold."""
    judged, names = found.judged, (report.control, report.treatment)
    tree, treats = learn_rules(trial, found.scores, found.axes)
    policy, rules_policy = (
        value_of(judged.trial, judged.scores, decided, names, options.confidence)
        for decided in (judged.effects[FIRST] > 0, treats[judged.rows])
    )
    leaves = () if policy.is_refused or rules_policy.is_refused else tree.leaves(found.axes)
    rules = tuple((names[int(is_treatment)], whom) for is_treatment, whom in leaves)
    return replace(report, policy=policy, rules=rules, rules_policy=rules_policy)


def _sentence(verdict: Heterogeneity) -> str:
    if verdict.verdict == "differs":
        return f"The effect differs between visitors ({p_in_words(verdict.p_value)})."
    seen = f"A difference of {points(verdict.detectable).lstrip('+')} points between two halves of the visitors"
    if verdict.verdict == "no difference shown":
        return f"No difference of the effect between visitors is shown. {seen} would have been seen."
    needed = f"{verdict.n_needed:,} sessions would tell"
    return f"Whether the effect differs between visitors is undetermined: {needed}. {seen} would have been seen."
