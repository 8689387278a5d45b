"""train: from what is loaded to models that are judged, explained and ready to be stored."""

import os
from collections.abc import Sequence
from dataclasses import replace

from analytics.estimate import Estimate
from config import Config
from model.dependence import dependence_of
from model.distributed import grow_on_cluster, scheduler_of
from model.errors import ModelError
from model.examples import Examples
from model.importance import importance_of
from model.judging import N_PHASES, Judged, Question, judge
from model.leaks import find_amount_leaks, find_leaks
from model.progress import Progress
from model.reading import check_known, constants_sentence, read_material
from model.report import DataFacts, Leak, Report, TaskReport, Uplift
from model.scoring.auc import auc_difference
from model.split import Split, hold_out
from model.task import ARRIVAL, TASKS, Task
from model.telling import Tell
from model.trained import Trained, TrainedTask
from model.trees import grow
from model.uplift import UpliftOptions, measure_uplift
from semantic.catalog import VARIANT, Catalog
from semantic.store import Store

_WITHHELD = {
    "no useful signal": "Nothing in the features tells who converts, so there is nothing that the model goes by.",
    "undetermined": "Whether the features tell who converts is not settled, so what the model goes by may be chance.",
}
_NO_UPLIFT = "Nothing known on arrival, the engine included, tells who converts; so no engine can be better for some."


def train(config: Config, store: Store, tell: Tell) -> Trained:
    """Return models of what is loaded, with everything that is known of them.

    Parameters
    ----------
    config : Config
        How to train, and what a conversion is worth.
    store : Store
        The data.
    tell : callable
        Told each phase.

    Raises
    ------
    ModelError
        Where the data cannot teach a model: too few sessions, one outcome, nothing that varies.
    ConfigError
        Where a cluster is wanted and the environment names none.
    StoreError
        Where the database does not answer, or its data is loaded anew again and again.

    Notes
    -----
    The hold-out is cut once, for both models, and looked at once: what is chosen (leaks, verdict, settings, threshold,
    recalibration) is chosen on the rest. The model that is served is then grown on everything with what was chosen,
    so its figures are those of a model that learned from less.
    """
    confidence = config.display.confidence
    _check_cluster(config)
    progress = Progress(tell, 3)
    progress.begin("reading the sessions")
    sample, amounts, cells, constant, facts = read_material(store, config)
    split = hold_out(sample, config.model.seed, confidence)
    progress.begin("looking for columns that tell the outcome")
    leaks = find_leaks(sample.rows(split.train), confidence)
    leaks += find_amount_leaks(amounts.rows(split.train), confidence)
    tasks = _tasks(sample)
    progress.expect((N_PHASES + 2) * len(tasks))
    asked = [_question(task, sample, split, leaks, config) for task in tasks]
    judged = [judge(question, progress) for question in asked]
    explained = [_explained(question, found, progress) for question, found in zip(asked, judged, strict=True)]
    trained = [
        _trained(question, found, _known(cells, ARRIVAL, leaks), (facts, progress))
        for question, found in zip(asked, judged, strict=True)
    ]
    progress.begin("asking which engine is better for whom")
    uplift, why_not = _uplift(asked[0].examples, explained[0], config)
    report = Report(
        facts,
        confidence,
        tuple(explained),
        _auc_gap(judged, confidence),
        uplift,
        why_not,
        {name: str(value) for name, value in config.model},
        constants_sentence(constant),
    )
    return Trained(report, tuple(trained))


def _check_cluster(config: Config) -> None:
    """Complain of a cluster that nobody named before hours of work, not after them."""
    if config.model.engine == "dask":
        scheduler_of(os.environ)


def _tasks(sample: Examples) -> tuple[Task, ...]:
    """Return the tasks that the data has features for; two of them only where the second knows more than the first."""
    has_consequences = any(feature.is_post_treatment for feature in sample.features)
    return tuple(task for task in TASKS if has_consequences or not task.has_consequences)


def _question(task: Task, sample: Examples, split: Split, leaks: tuple[Leak, ...], config: Config) -> Question:
    known = _known(sample, task, leaks)
    check_known(known, task.title)
    return Question(task, known, split, leaks, config)


def _known(examples: Examples, task: Task, leaks: Sequence[Leak]) -> Examples:
    """Return the examples with the features that a task may know."""
    late = [f.name for f in examples.features if f.is_post_treatment and not task.has_consequences]
    return examples.without(*late, *(leak.name for leak in leaks if leak.is_left_out))


def _explained(question: Question, judged: Judged, progress: Progress) -> TaskReport:
    """Return the report with what the model goes by, where there is a signal to go by."""
    progress.begin(f"{question.task.title}: asking what it goes by")
    if judged.report.signal.verdict != "signal":
        return replace(judged.report, withheld=_WITHHELD[judged.report.signal.verdict])
    booster, test = judged.booster, question.test
    seed, sigmoid = question.config.model.seed, judged.sigmoid
    importance = importance_of(booster, test, question.confidence, seed, sigmoid)
    return replace(judged.report, importance=importance, dependence=dependence_of(booster, test, sigmoid))


def _trained(question: Question, judged: Judged, cells: Examples, told: tuple[DataFacts, Progress]) -> TrainedTask:
    """Return what is served: trees grown on everything, with the settings that were found on a part of it."""
    facts, progress = told
    progress.begin(f"{question.task.title}: growing the trees that are served")
    model, report = question.config.model, judged.report
    examples = question.examples if question.task.has_consequences else cells
    if model.engine == "dask":
        booster = grow_on_cluster(question.examples, judged.settings, scheduler_of(os.environ), model.seed)
    else:
        booster = grow(examples, judged.settings, model.seed)
    return TrainedTask(
        report.name,
        examples.features,
        booster.model_to_string(),
        judged.sigmoid,
        facts.base_rate,
        report.neighbours,
        is_withheld=report.signal.verdict != "signal",
    )


def _auc_gap(judged: Sequence[Judged], confidence: float) -> Estimate | None:
    if len(judged) < len(TASKS):
        return None
    arrival, retrospective = (one.main.held_out for one in judged)
    return auc_difference(retrospective, arrival, confidence)[0]


def _uplift(examples: Examples, arrival: TaskReport, config: Config) -> tuple[Uplift | None, str]:
    """Return what is known of the engines by visitor, or why nothing is."""
    if arrival.signal.verdict == "no useful signal":
        return None, _NO_UPLIFT
    control, treatment = _variants(examples, config.catalog)
    if not treatment:
        return None, "One engine served all sessions, so there is none to compare it with."
    options = UpliftOptions(
        confidence=config.display.confidence,
        seed=config.model.seed,
        edges={d.name: d.edges for d in config.catalog.dimensions if d.edges},
    )
    try:
        return measure_uplift(examples, control, treatment, options), ""
    except ModelError as error:
        return None, f"{str(error)[:1].upper()}{str(error)[1:]}."


def _variants(examples: Examples, catalog: Catalog) -> tuple[str, str]:
    """Return control, and of the others the one with the most sessions; empty where there is no other."""
    variant = next((f for f in examples.features if f.name == VARIANT), None)
    if variant is None:
        return "", ""
    control = catalog.control if catalog.control in variant.members else variant.members[0]
    codes, weight = examples.column(VARIANT), examples.weight
    sizes = {m: float(weight[codes == code].sum()) for code, m in enumerate(variant.members) if m != control}
    return control, max(sizes, key=lambda member: sizes[member], default="")
