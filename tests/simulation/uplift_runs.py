"""One comparison of engines on simulated sessions, set against what is true of them."""

from dataclasses import dataclass, replace

import numpy as np

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats
from model.examples import Examples
from model.uplift.average import Scores, average_effect, scores_of
from model.uplift.axes import axes_of
from model.uplift.heterogeneity import differs_along, judge
from model.uplift.learners import predict
from model.uplift.options import UpliftOptions
from model.uplift.policy import learn_rules, value_of
from model.uplift.qini import deciles_of, qini_of, rank
from model.uplift.randomisation import check_randomisation
from model.uplift.segments import segments_of
from model.uplift.trial import Trial, trial_of
from tests.model.planted import PlantedExamples

OPTIONS = UpliftOptions(edges={"age": (25.0, 35.0, 45.0, 55.0)})
NAMES = ("Old", "New")


@dataclass(frozen=True, slots=True)
class Run:
    """What was found: whether intervals hold the truth, p-values, verdicts, agreement with the truth.

    Attributes
    ----------
    holds : dict of str to bool
        By number.
    p_values : dict of str to float
        Of ranking, features, verdict and randomisation.
    correlation : dict of str to float
        Of each learner's effects with the true ones.
    directions : dict of str to str
        By segment.
    verdict : str
        Of heterogeneity.
    is_refused : bool
        Of the policy by visitor; and by rules in ``are_rules_refused``.
    value : Estimate
        Of the policy.
    """

    holds: dict[str, bool]
    p_values: dict[str, float]
    correlation: dict[str, float]
    directions: dict[str, str]
    verdict: str
    is_refused: bool
    are_rules_refused: bool
    value: Estimate


def run(planted: PlantedExamples, seed: int) -> Run:
    """Return what one comparison finds."""
    options = replace(OPTIONS, seed=seed)
    found = trial_of(planted.examples, *NAMES, options)
    axes = axes_of(found.examples, options.edges)
    predicted = predict(found)
    scores = scores_of(found, predicted)
    rows = np.isin(found.fold, found.judged_folds)
    judged, own, truth = found.rows(rows), scores.rows(rows), planted.chance_by_variant[rows]
    effects = {name: effect[rows] for name, effect in predicted.effects.items()}
    ranks = rank(effects["dr"], judged.examples.weight, judged.fold)
    p_ranking = qini_of(judged, own, effects["dr"], 0.95)[2]
    tests = (p_ranking, differs_along(found, scores, axes, options))
    verdict = judge(judged, own, ranks, tests, options)
    policy = value_of(judged, own, effects["dr"] > 0, NAMES, 0.95)
    rules = value_of(judged, own, learn_rules(found, scores, axes)[1][rows], NAMES, 0.95)
    holds = _average_holds(found, scores, planted) | _ranking_holds(judged, own, effects["dr"], truth)
    return Run(
        holds | _policy_holds(judged, own, effects["dr"] > 0, truth),
        {
            "ranking": tests[0],
            "features": tests[1],
            "verdict": verdict.p_value,
            "randomised": check_randomisation(found, axes, NAMES, options).p_value,
        },
        {name: _correlation(effect, truth[:, 1] - truth[:, 0]) for name, effect in effects.items()},
        {segment.label: segment.direction for segment in segments_of(found, axes, options)[0]},
        verdict.verdict,
        policy.is_refused,
        rules.is_refused,
        policy.value,
    )


def shuffled_run(planted: PlantedExamples, seed: int) -> Run:
    """Return what one comparison finds where nothing that is known has to do with the effect."""
    everybody = np.tile(planted.chance_by_variant.mean(axis=0), (len(planted.examples), 1))
    return run(replace(planted, examples=shuffled(planted.examples, seed), chance_by_variant=everybody), seed)


def shuffled(examples: Examples, seed: int) -> Examples:
    """Return the sessions with what is known of them given to each other; engines and outcomes stay in place.

    The effect over everybody stays what it is, and depends on nothing.
    """
    x = examples.x[np.random.default_rng([seed, 3]).permutation(len(examples))]
    x[:, examples.names.index("variant")] = examples.column("variant")
    return replace(examples, x=x)


def _correlation(effect: Floats, truth: Floats) -> float:
    return float(np.corrcoef(effect, truth)[0, 1]) if truth.std() > 0 else 0.0


def _is_inside(estimate: Estimate, truth: float) -> bool:
    return bool(estimate.low <= truth <= estimate.high)


def _average_holds(found: Trial, scores: Scores, planted: PlantedExamples) -> dict[str, bool]:
    truth = planted.chance_by_variant
    return {"average": _is_inside(average_effect(found, scores, 0.95), float((truth[:, 1] - truth[:, 0]).mean()))}


def _ranking_holds(judged: Trial, scores: Scores, effect: Floats, truth: Floats) -> dict[str, bool]:
    true_effect, ranks = truth[:, 1] - truth[:, 0], rank(effect, judged.examples.weight, judged.fold)
    qini, area, _ = qini_of(judged, scores, effect, 0.95)
    known = {
        "qini": _is_inside(qini, float((true_effect * (0.5 - ranks.middle)).mean())),
        "auuc": _is_inside(area, float((true_effect * (1 - ranks.middle)).mean())),
    }
    for tenth, estimate in enumerate(deciles_of(judged, scores, ranks, 0.95)):
        part = ranks.among_top((tenth + 1) / 10) - ranks.among_top(tenth / 10)
        known[f"decile {tenth + 1}"] = _is_inside(estimate, float(part @ true_effect / part.sum()))
    return known


def _policy_holds(judged: Trial, scores: Scores, treats: np.ndarray, truth: Floats) -> dict[str, bool]:
    policy = value_of(judged, scores, treats, NAMES, 0.95)
    value = float(np.where(treats, truth[:, 1], truth[:, 0]).mean())
    control, treatment = truth.mean(axis=0)
    best = float(truth.max(axis=1).mean())
    return {
        "policy value": _is_inside(policy.value, value),
        "best policy's value": _is_inside(policy.value, best),
        "policy over treatment": _is_inside(policy.over_treatment, value - treatment),
        "policy over control": _is_inside(policy.over_control, value - control),
        "policy over better": _is_inside(policy.over_better, value - max(control, treatment)),
    }
