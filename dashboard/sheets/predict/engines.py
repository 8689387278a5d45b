"""Engine against engine for this visitor: what the model says, and beside it what was measured."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, cell, paragraph, rows_of
from dashboard.sheets.ladder import ladder, row, scale_of
from dashboard.sheets.model.words import cell_of, drawn, p_value, told
from dashboard.sheets.predict.answer import places
from dashboard.sheets.predict.asked import Asked, predict_sheet
from dashboard.sheets.predict.segments import segments_of_visitor
from dashboard.sheets.predict.words import observed, points, span
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_columns
from model.prediction import Prediction
from model.report import Uplift

_COLUMNS = (
    Column("engine", "Engine"),
    *estimate_columns("chance", "Chance", "fraction", "Predicted under the engine; its interval as observed."),
)
_NO_ENGINE = "The model does not know the engine, so it cannot compare them."
_NO_INTERVAL = "The model's difference for one visitor has no interval: nobody is served by both engines at once."
_CHOSEN = "{labels} was chosen by an engine and is held fixed here, which no engine would do."
_MARKS = {"gains": ("Gains", "good"), "loses": ("Loses", "bad"), "not shown": ("Not shown", "wait")}


def _engines(asked: Asked) -> list[tuple[str, Prediction]]:
    """Return the engines in the order of their colours."""
    order = asked.facts.context.variants
    return sorted(asked.visitor.engines, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def _blocks(asked: Asked) -> list[Block]:
    engines = _engines(asked)
    if not engines:
        return [paragraph(_NO_ENGINE, "quiet")]
    scale = scale_of([end for _, one in engines for end in (one.probability, one.low, one.high)])
    ticks = scale.ticks(asked.write)
    rows = [
        row(name, asked.write.rate(one.probability), under=span(one.low, one.high, asked.write))
        | {"tone": f"variant-{place % 8}", "tip": f"{name}: {observed(one, asked.write)}"}
        | places(one, scale)
        for place, (name, one) in enumerate(engines)
    ]
    return [paragraph(_summary(asked)), ladder("Chance under each engine", ticks, rows), *_known(asked)]


def _known(asked: Asked) -> list[Block]:
    """Return what was measured of the engines, for everybody and for those that the visitor is one of."""
    report = asked.facts.model.report
    found = report.uplift if report else None
    cautions = [_NO_INTERVAL, *_held_fixed(asked)]
    if found is None:
        why = (report.uplift_withheld if report else "") or "The engines were not compared."
        return [paragraph(why, "quiet"), paragraph(" ".join(cautions), "quiet")]
    return [paragraph(_measured(found, asked)), *_segments(found, asked), paragraph(" ".join(cautions), "quiet")]


def _measured(found: Uplift, asked: Asked) -> str:
    everybody = f"{found.treatment} less {found.control}, everybody: {told(found.average, 'points', asked.write)}"
    if found.verdict == "differs":
        return f"Measured: {everybody}. The effect differs between visitors."
    if found.verdict == "not randomised":
        return f"Not measured: {asked.write.regrouped(found.randomisation)}"
    return f"Measured: {everybody}. No difference between visitors is shown, so this holds for this one too."


def _segments(found: Uplift, asked: Asked) -> list[Block]:
    segments = segments_of_visitor(found, asked) if found.verdict == "differs" else []
    if not segments:
        return []
    effects = [one.effect for one in segments]
    ends = [end for effect in effects for end in (effect.low, effect.high) if end is not None]
    scale = (min([0.0, *ends]), max([0.0, *ends]))
    rows = []
    for one in segments:
        text, mark = _MARKS[one.direction]
        holm = f"{p_value(one.p_adjusted, asked.write)} after Holm"
        who = cell(one.label, under=f"{asked.write.count(one.effect.n)} sessions", is_wide=True)
        effect = cell_of(one.effect, "points", asked.write)
        rows.append([who, drawn(one.effect, scale), effect, cell(text, mark=mark, under=holm)])
    return [
        rows_of("Measured among visitors like this one", ("Visitors like this one", "", "#Effect", "Verdict"), rows)
    ]


def _held_fixed(asked: Asked) -> list[str]:
    labels = [one.feature.label for one in asked.visitor.attributes if one.feature.is_chosen_by_engine]
    return [_CHOSEN.format(labels=" and ".join(labels))] if labels else []


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for name, one in _engines(asked):
        yield name, one.probability, one.low, one.high, one.n_like


def _summary(asked: Asked) -> str:
    engines = _engines(asked)
    if len(engines) < 2:
        return _NO_ENGINE
    (control, first), *others = engines
    parts = [f"{name} {points(one.probability - first.probability, asked.write)}" for name, one in others]
    return f"The model scores this visitor {' and '.join(parts)} against {control}."


ENGINES = predict_sheet(
    "predict-engines",
    "Which engine for this visitor?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    width=8,
    help="The same visitor under each engine, as the model scores it. What an engine causes is measured, not "
    "predicted: that stands below, with its interval.",
)
