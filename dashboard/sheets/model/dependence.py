"""Dependence: how scores go with the values of each attribute."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, beside, paragraph
from dashboard.sheets.chart import around, axis, chart, series, thinned
from dashboard.sheets.model.shown import TASK, Shown, model_sheet
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column
from model.report import Dependence

_COLUMNS = (
    Column("model", "Model"),
    Column("attribute", "Attribute"),
    Column("value", "Value"),
    Column("mean", "Mean contribution", "score", "To the log odds of converting; 0 is the average."),
    Column("p10", "10 % below", "score", "A tenth of the sessions with that value lies below."),
    Column("p90", "10 % above", "score", "A tenth of the sessions with that value lies above."),
    Column("n", "Sessions", "count", "With that value, among those held out."),
)
_MOST_SHOWN = 9
_MOST_POINTS = 41
_STEP = 0.1
_WORDS = "Contribution to the log odds; shaded: 8 of 10 sessions"


def _blocks(shown: Shown) -> list[Block]:
    ends = around([end for one in shown.task.dependence for _, _, *ends, _ in one.points for end in ends], zero=True)
    charts = [_drawn(one, ends) for one in _ranked(shown)[:_MOST_SHOWN]]
    return [paragraph(_summary(shown)), beside(*charts)]


def _ranked(shown: Shown) -> list[Dependence]:
    """Return the attributes, those that move scores most first."""
    moves = {one.name: one.contribution.value or 0.0 for one in shown.task.importance}
    return sorted(shown.task.dependence, key=lambda one: -moves.get(one.name, 0.0))


def _drawn(one: Dependence, ends: tuple[float, float]) -> Block:
    points = thinned(one.points, _MOST_POINTS) if not one.members else list(one.points)
    span = (points[0][0], points[-1][0]) if points else (0.0, 1.0)
    named = f"{one.label}, {one.unit}" if one.unit else one.label
    across = axis(named, "", span, one.members)
    up = axis("Contribution", "", ends)
    style = series("Contribution", points, "dots" if one.members else "line")
    says = f"How scores go with {one.label.lower()}: {_WORDS.lower()}."
    return chart(one.label, (across, up), [style], says=says)


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    for one in shown.task.dependence:
        for value, *numbers in one.points:
            name = one.members[int(value)] if one.members else f"{value:g}"
            yield shown.task.title, one.label, name, *numbers


def _summary(shown: Shown) -> str:
    base, write = shown.report.data.base_rate.value or 0.0, shown.write
    moved = write.fixed(100 * _STEP * base * (1 - base), 1)
    return (
        f"{shown.task.title}: how far each value moves a score, in log odds: near the base rate of {write.rate(base)}, "
        f"{write.fixed(_STEP, 1)} is about {moved} points. 8 of 10 sessions lie within a shade or bar."
    )


DEPENDENCE = model_sheet(
    "model-dependence",
    "How do scores go with each attribute?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="signal",
    choices=(TASK,),
    help="Contributions of one attribute to the log odds of sessions held out, by its values. It describes the model, "
    "not what a change of the attribute would do.",
)
