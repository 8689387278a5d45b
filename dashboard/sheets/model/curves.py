"""Curves: how scores rank the sessions held out, as ROC, precision and recall, and gain."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, beside, paragraph
from dashboard.sheets.chart import axis, chart, reference, series, thinned
from dashboard.sheets.model.shown import TASK, Shown, main_learner, model_sheet
from dashboard.sheets.model.words import told
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column
from model.report import Curves, Point, TaskReport

_FALSE = axis("False positive rate", "fraction")
_RECALL = axis("Recall", "fraction")
_PRECISION = axis("Precision", "fraction")
_SELECTED = axis("Sessions, highest scores first", "fraction")
_FOUND = axis("Conversions found", "fraction")
_COLUMNS = (
    Column("model", "Model"),
    Column("curve", "Curve", "text", "roc: false positive rate and recall; precision_recall; gain."),
    Column("x", "x", "fraction", "False positive rate, recall, or share of sessions by falling score."),
    Column("y", "y", "fraction", "Recall, precision, or share of conversions found."),
)
_NAMES = ("roc", "precision_recall", "gain")


def _blocks(shown: Shown) -> list[Block]:
    base = shown.task.hold_out.base_rate.value or 0.0
    chance, same = reference("chance", (0, 0), (1, 1)), f"base rate {shown.write.rate(base)}"
    level = reference(same, (0, base), (1, base))
    says = _summary(shown)
    return [
        paragraph(says),
        beside(
            chart("ROC", (_FALSE, _RECALL), _drawn(shown, "roc"), [chance], says),
            chart("Precision and recall", (_RECALL, _PRECISION), _drawn(shown, "precision_recall"), [level], says),
            chart("Gain", (_SELECTED, _FOUND), _drawn(shown, "gain"), [chance], says),
        ),
    ]


def _drawn(shown: Shown, name: str) -> list[dict[str, object]]:
    """Return the curve of the chosen model, the other one's faint below it where it has a signal too."""
    others = [one for one in shown.report.tasks if one != shown.task and one.signal.verdict == "signal"]
    pale = [series(one.title, _points(one, name), tone="neutral") for one in others]
    return [series(shown.task.title, _points(shown.task, name)), *pale]


def _points(task: TaskReport, name: str) -> list[Point]:
    return thinned(_curve(task.curves, name))


def _curve(curves: Curves, name: str) -> tuple[Point, ...]:
    return {"roc": curves.roc, "precision_recall": curves.precision_recall, "gain": curves.gain}[name]


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    for name in _NAMES:
        yield from ((shown.task.title, name, *point) for point in _curve(shown.task.curves, name))


def _summary(shown: Shown) -> str:
    ours, write = main_learner(shown.task).held_out, shown.write
    lift = told(ours.get("lift_top_decile"), "times", write)
    return (
        f"{shown.task.title}: the tenth of sessions with the highest scores converts {lift} as often as all; "
        f"AUC {told(ours.get('auc'), 'score', write)}, PR-AUC {told(ours.get('pr_auc'), 'score', write)}."
    )


CURVES = model_sheet(
    "model-curves",
    "How well do scores rank?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="signal",
    choices=(TASK,),
    help="Of LightGBM on the sessions held out. The dotted lines are what scores drawn at random would do.",
)
