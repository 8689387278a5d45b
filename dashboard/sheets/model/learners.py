"""Comparison of learners: each on the same sessions held out, with intervals, and what lies between it and LightGBM."""

from collections.abc import Iterator, Sequence

from analytics.estimate import Estimate
from dashboard.format import ABSENT
from dashboard.sheets.blocks import Block, Cell, cell, heading, paragraph, rows_of
from dashboard.sheets.model.shown import TASK, Shown, main_learner, model_sheet
from dashboard.sheets.model.words import (
    DECIDING,
    FITTING,
    RANKING,
    Kind,
    MetricWords,
    cell_of,
    drawn,
    ends,
    number,
    p_value,
    told,
)
from dashboard.sheets.told import Told
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import Difference, LearnerFacts

_LESS: Kind = "score difference"
_METRICS = (*RANKING, *FITTING, *DECIDING)
_COLUMNS = (
    Column("model", "Model"),
    Column("learner", "Learner"),
    Column("judged_on", "Judged on", "text", "held out, or folds at random."),
    *(c for m in _METRICS for c in estimate_columns(m.name, m.label, m.unit, m.meaning)),
    *estimate_columns("difference", "AUC, LightGBM less it", "score", "Paired on the same sessions."),
    Column("p_adjusted", "p after Holm", "score", "Over all rivals; of the difference in AUC."),
)


def _blocks(shown: Shown) -> list[Block]:
    write, n = shown.write, shown.task.hold_out.n_test
    heads = (
        "Learner",
        "",
        *(f"#{metric.label}" for metric in RANKING),
        "#AUC, random folds",
        "#LightGBM less it",
        "#p, Holm",
    )
    deciding = ("Learner", *(f"#{metric.label}" for metric in (*FITTING, *DECIDING)))
    scale = _scale([learner.held_out.get("auc") for learner in shown.task.learners])
    at = shown.write.rate(shown.task.threshold)
    return [
        paragraph(_summary(shown)),
        rows_of(
            "How well scores rank", heads, [_ranking(one, scale, shown) for one in shown.task.learners], is_dense=True
        ),
        heading(f"Scores as rates, and as decisions from {at} on"),
        rows_of(
            "How well scores fit and decide",
            deciding,
            [_deciding(one, shown) for one in shown.task.learners],
            is_dense=True,
        ),
        paragraph(
            f"Intervals are at {shown.level}, over users; all on the same {write.count(n)} sessions, but for random "
            "folds: these learn from one another, so their intervals are wider, and the settings of LightGBM were "
            "chosen on them, so its figures there are a little too good.",
            "quiet",
        ),
    ]


def _scale(estimates: Sequence[Estimate | None]) -> tuple[float, float]:
    ends = [end for e in estimates if e for end in (e.low, e.high) if end is not None]
    return min(ends, default=0.0), max(ends, default=1.0)


def _ranking(learner: LearnerFacts, scale: tuple[float, float], shown: Shown) -> list[Cell]:
    return [
        _named(learner, shown),
        drawn(learner.held_out.get("auc"), scale),
        *_cells(learner, RANKING, shown),
        cell_of(learner.cross_validated.get("auc"), "score", shown.write),
        *_difference(learner, shown),
    ]


def _deciding(learner: LearnerFacts, shown: Shown) -> list[Cell]:
    return [learner.label, *_cells(learner, (*FITTING, *DECIDING), shown)]


def _named(learner: LearnerFacts, shown: Shown) -> Cell:
    size = shown.write.fixed(learner.n_bytes / 1000, 0)
    return cell(learner.label, under=f"{shown.write.fixed(learner.seconds, 1)} s, {size} kB")


def _cells(learner: LearnerFacts, metrics: Sequence[MetricWords], shown: Shown) -> list[Cell]:
    return [cell_of(learner.held_out.get(metric.name), metric.kind, shown.write) for metric in metrics]


def _of(learner: LearnerFacts, shown: Shown) -> Difference | None:
    found = (one for one in shown.task.differences if (one.learner, one.metric) == (learner.name, "auc"))
    return next(found, None)


def _difference(learner: LearnerFacts, shown: Shown) -> list[Cell]:
    found = _of(learner, shown)
    if found is None:
        return [ABSENT, ABSENT]
    value, between = (write(found.difference, shown) for write in (_less, _ends))
    return [cell(value, under=between), p_value(found.p_adjusted, shown.write).removeprefix("p = ")]


def _less(difference: Estimate, shown: Shown) -> str:
    return number(difference.value, _LESS, shown.write)


def _ends(difference: Estimate, shown: Shown) -> str:
    return ends(difference, _LESS, shown.write)


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    for learner in shown.task.learners:
        found = _of(learner, shown)
        for judged_on, metrics in (("held out", learner.held_out), ("random folds", learner.cross_validated)):
            own = found if judged_on == "held out" else None
            yield (
                shown.task.title,
                learner.label,
                judged_on,
                *(c for m in _METRICS for c in estimate_cells(metrics.get(m.name))),
                *estimate_cells(own.difference if own else None),
                own.p_adjusted if own else None,
            )


def _summary(shown: Shown) -> str:
    write, ours = shown.write, main_learner(shown.task).held_out
    better = _better(shown)
    said = f"{shown.task.title}: LightGBM ranks with an AUC of {told(ours.get('auc'), 'score', write)}"
    beaten = f"{' and '.join(better)}" if better else "no rival ranks better beyond chance"
    accuracy, always = (told(ours.get(name), "fraction", write) for name in ("accuracy", "base_accuracy"))
    at = write.rate(shown.task.threshold)
    return (
        f"{said}; {beaten}. Calling each score from {at} on a conversion, where an action pays, is right in "
        f"{accuracy}; always saying the same is right in {always}."
    )


def _better(shown: Shown) -> list[str]:
    """Return the rivals that rank better, each with by how much."""
    found = [(one, d) for one in shown.task.learners if (d := _of(one, shown)) and (d.difference.value or 0) < 0]
    sure = [(one, d.difference) for one, d in found if d.p_adjusted < 1 - shown.report.confidence]
    return [f"{one.label} ranks better, by {told(_turned(d), 'loss', shown.write)}" for one, d in sure]


def _turned(estimate: Estimate) -> Estimate:
    value, low, high = (None if end is None else -end for end in (estimate.value, estimate.high, estimate.low))
    return Estimate(value, low, high, estimate.n)


LEARNERS = model_sheet(
    "model-learners",
    "How good is it, and would another learner be better?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    choices=(TASK,),
    help=" ".join(f"{metric.label}: {metric.meaning}" for metric in _METRICS),
)
