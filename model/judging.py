"""judge: one of the two models, its rivals, and everything that is to be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import lightgbm
import numpy as np

from config import Config
from model.examples import Examples, Feature
from model.learners import LEARNERS, Fit, FittedLightGBM, Learner, LightGBM, cross_score, fit_all
from model.progress import Progress
from model.report import FeatureFacts, Leak, LearnerFacts, Signal, TaskReport
from model.scored import Scored
from model.scoring.calibration import calibration_of
from model.scoring.curves import curves_of
from model.scoring.differences import differences_of
from model.scoring.metrics import cross_validated_metrics, metrics_of
from model.scoring.neighbours import neighbours_of
from model.scoring.recalibration import apply_sigmoid, fit_sigmoid
from model.scoring.segments import segments_of
from model.scoring.thresholds import rule_threshold, thresholds_of
from model.signal import find_signal
from model.split import Split, fold_of
from model.task import Task
from model.trained import Sigmoid
from model.tree_settings import TreeSettings
from model.tune import tune

_RECALIBRATE_BELOW = 0.01
N_PHASES = 4


@dataclass(frozen=True)
class Question:
    """What is to be judged, and by what.

    Attributes
    ----------
    task : Task
        What the model may know.
    examples : Examples
        Single sessions with the features that it may know.
    split : Split
        Places to learn from and places held out.
    leaks : tuple of Leak
        Found on the part to learn from.
    config : Config
        Settings, and the level of every interval.
    """

    task: Task
    examples: Examples
    split: Split
    leaks: tuple[Leak, ...]
    config: Config

    @property
    def train(self) -> Examples:
        """What may be learned from."""
        return self.examples.rows(self.split.train)

    @property
    def test(self) -> Examples:
        """What is held out."""
        return self.examples.rows(self.split.test)

    @property
    def confidence(self) -> float:
        """Level of every interval."""
        return self.config.display.confidence


@dataclass(frozen=True)
class Tried:
    """One learner with its scores.

    Attributes
    ----------
    fit : Fit
        Trained on the part to learn from.
    crossed, held_out : Scored
        That part, each row scored by the folds without it, and the hold-out.
    """

    fit: Fit
    crossed: Scored
    held_out: Scored

    def recalibrated(self, sigmoid: Sigmoid) -> "Tried":
        """Return the same with a sigmoid behind the scores."""
        if sigmoid == Sigmoid():
            return self
        crossed, held_out = (
            scored.rescored(apply_sigmoid(sigmoid, scored.score)) for scored in (self.crossed, self.held_out)
        )
        return replace(self, crossed=crossed, held_out=held_out)


@dataclass(frozen=True)
class Judged:
    """What was found of a question.

    Attributes
    ----------
    report : TaskReport
        Everything but reasons.
    main : Tried
        The model, with its sigmoid behind the scores.
    settings : TreeSettings
        With which it was grown, and as many trees as served it best.
    sigmoid : Sigmoid
        Behind its trees.
    """

    report: TaskReport
    main: Tried
    settings: TreeSettings
    sigmoid: Sigmoid

    @property
    def booster(self) -> lightgbm.Booster:
        """The model's trees, grown on the part to learn from."""
        fitted = self.main.fit.fitted
        if not isinstance(fitted, FittedLightGBM):
            raise TypeError(f"the model is a {type(fitted).__name__}, must be LightGBM's")
        return fitted.booster


def judge(question: Question, progress: Progress) -> Judged:
    """Return a model for a question and its rivals, judged on what they never saw.

    Parameters
    ----------
    question : Question
        What is asked.
    progress : Progress
        Told of `N_PHASES` phases.
    """
    title, model, train, test = question.task.title, question.config.model, question.train, question.test
    fold = fold_of(train, model.folds, model.seed)
    progress.begin(f"{title}: asking whether there is a signal")
    signal = find_signal(train, fold, question.confidence, model.seed)
    progress.begin(f"{title}: searching settings")
    settings = TreeSettings(trees=model.trees, depth=model.depth)
    if signal.verdict == "signal":
        settings = tune(train, fold, settings, model.trials, model.seed)
    progress.begin(f"{title}: training the model and its rivals")
    main, *rivals = [
        Tried(
            fit,
            Scored.of(train, cross_score(fit.learner, train, fold, model.seed)),
            Scored.of(test, fit.fitted.score(test.x)),
        )
        for fit in fit_all(_learners(settings), train, model.seed)
    ]
    progress.begin(f"{title}: judging them")
    sigmoid = _sigmoid(main.crossed, question.confidence)
    main = main.recalibrated(sigmoid)
    report = _report(question, signal, (main, *rivals), is_recalibrated=sigmoid != Sigmoid())
    return Judged(report, main, TreeSettings.from_text(main.fit.fitted.settings), sigmoid)


def _learners(settings: TreeSettings) -> tuple[Learner, ...]:
    """Return the learners, LightGBM with these settings."""
    return (LightGBM(settings), *(learner for learner in LEARNERS if not isinstance(learner, LightGBM)))


def _sigmoid(crossed: Scored, confidence: float) -> Sigmoid:
    """Return what makes scores rates where they are shown not to be; nothing where they may be."""
    if calibration_of(crossed, confidence).p_value >= _RECALIBRATE_BELOW:
        return Sigmoid()
    return fit_sigmoid(crossed.score, crossed.y, crossed.weight)


def _report(question: Question, signal: Signal, tried: tuple[Tried, ...], *, is_recalibrated: bool) -> TaskReport:
    confidence, model, task = question.confidence, question.config.model, question.task
    held_out, test = tried[0].held_out, question.test
    threshold = rule_threshold(model.value_of_conversion, model.cost_of_action)
    rivals = {one.fit.learner.name: one.held_out for one in tried[1:]}
    return TaskReport(
        name=task.name,
        title=task.title,
        question=task.question,
        caution=task.caution,
        features=tuple(map(_feature, question.examples.features)),
        leaks=question.leaks,
        signal=signal,
        hold_out=question.split.facts,
        learners=tuple(_learner(one, threshold, confidence) for one in tried),
        differences=differences_of(held_out, rivals, confidence=confidence),
        curves=curves_of(held_out, confidence),
        threshold=threshold,
        thresholds=thresholds_of(held_out, confidence, (threshold,)),
        segments=segments_of(held_out, test, threshold, confidence, _dimensions(question)),
        calibration=calibration_of(held_out, confidence, is_recalibrated=is_recalibrated),
        neighbours=neighbours_of(_unseen(tried[0]), confidence),
    )


def _unseen(tried: Tried) -> Scored:
    """Return all rows, each with the score of a model that had not seen it; no user is in both parts."""
    one, other = tried.crossed, tried.held_out
    pairs = ((getattr(one, name), getattr(other, name)) for name in ("score", "y", "weight", "user"))
    return Scored(*(np.concatenate(pair) for pair in pairs))


def _feature(feature: Feature) -> FeatureFacts:
    low, high = (None if np.isnan(end) else end for end in (feature.low, feature.high))
    return FeatureFacts(
        feature.name,
        feature.label,
        feature.kind,
        feature.unit,
        feature.members,
        low,
        high,
        is_post_treatment=feature.is_post_treatment,
    )


def _dimensions(question: Question) -> Mapping[str, tuple[float, ...]]:
    """Return what the model is judged within, each with its cuts: what is known on arrival, but for the engine."""
    catalog = question.config.catalog
    early = [f.name for f in question.examples.features if not (f.is_post_treatment or f.is_chosen_by_engine)]
    return {name: catalog.dimension(name).edges for name in early}


def _learner(one: Tried, threshold: float, confidence: float) -> LearnerFacts:
    fit = one.fit
    return LearnerFacts(
        fit.learner.name,
        fit.learner.label,
        fit.fitted.settings,
        metrics_of(one.held_out, threshold, confidence),
        cross_validated_metrics(one.crossed, threshold, confidence),
        fit.seconds,
        fit.fitted.n_bytes,
    )
