"""Which engine for whom: randomisation, the effect on everybody, and whether it differs between visitors."""

from collections.abc import Iterator

from dashboard.sheets.blocks import Block, beside, listing, paragraph, rows_of
from dashboard.sheets.chart import around, axis, chart, reference, series, thinned
from dashboard.sheets.model.shown import Shown, model_sheet
from dashboard.sheets.model.words import cell_of, p_value, told
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_cells, estimate_columns

_COLUMNS = (
    Column("about", "About", "text", "average, decile, learner's qini or auuc, or a point of the qini curve."),
    Column("name", "Name"),
    *estimate_columns("effect", "Effect", "points", "Difference of conversion rates, treatment less control."),
)


def _blocks(shown: Shown) -> list[Block]:
    found = shown.uplift
    heads = ("Learner", "#Qini coefficient", "#AUUC")
    learners = [
        [one.label, cell_of(one.qini, "loss", shown.write), cell_of(one.auuc, "loss", shown.write)]
        for one in found.learners
    ]
    table = [rows_of("Ways to estimate effects by visitor", heads, learners)] if learners else []
    charts = [_qini(shown), _deciles(shown)] if found.qini_curve and found.deciles else []
    return [
        paragraph(_summary(shown)),
        paragraph(shown.write.regrouped(found.randomisation), "quiet"),
        beside(*charts, listing(_figures(shown))),
        *table,
    ]


def _figures(shown: Shown) -> list[tuple[str, str]]:
    found, write = shown.uplift, shown.write
    return [
        (f"{found.treatment} less {found.control}, everybody", told(found.average, "points", write)),
        ("Effect differs between visitors", p_value(found.p_value, write)),
        ("Engine told by attributes", p_value(found.p_randomised, write)),
        ("Goes by", ", ".join(_labels(shown))),
    ]


def _labels(shown: Shown) -> list[str]:
    labels = {dimension.name: dimension.label for dimension in shown.facts.context.config.catalog.dimensions}
    return [labels.get(name, name) for name in shown.uplift.features]


def _qini(shown: Shown) -> Block:
    points = thinned(shown.uplift.qini_curve, 61)
    ends = around([end for point in points for end in point[2:]], zero=True)
    last = points[-1][1] if points else 0.0
    axes = (axis("Visitors, largest predicted effect first", "fraction"), axis("Conversions gained", "points", ends))
    lines = [reference("at random", (0, 0), (1, last))]
    return chart("Qini curve", axes, [series("Gained per visitor", points)], lines, shown.uplift.sentence)


def _deciles(shown: Shown) -> Block:
    found = [(place, e.value, e.low, e.high, e.n) for place, e in enumerate(shown.uplift.deciles)]
    ends = around([end for point in found for end in point[2:4]], zero=True)
    members = [str(place + 1) for place in range(len(found))]
    axes = (axis("Tenth of visitors by predicted effect", members=members), axis("Effect observed", "points", ends))
    average = shown.uplift.average.value or 0.0
    lines = [reference("everybody", (-0.5, average), (len(members) - 0.5, average))]
    return chart("Effect by tenth", axes, [series("Effect observed", found, "dots")], lines, shown.uplift.sentence)


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    found = shown.uplift
    yield "average", "everybody", *estimate_cells(found.average)
    for place, effect in enumerate(found.deciles, start=1):
        yield "decile", str(place), *estimate_cells(effect)
    for one in found.learners:
        yield "qini", one.label, *estimate_cells(one.qini)
        yield "auuc", one.label, *estimate_cells(one.auuc)
    for share, gained, low, high in found.qini_curve:
        yield "qini curve", f"{share:g}", gained, low, high, None


def _summary(shown: Shown) -> str:
    found = shown.uplift
    sentence = shown.write.regrouped(found.sentence)
    if found.average.value is None:
        return sentence
    average = told(found.average, "points", shown.write)
    return f"{found.treatment} against {found.control}: {average} over everybody. {sentence}"


UPLIFT = model_sheet(
    "model-uplift",
    "Which engine for whom?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="uplift",
    help="The effect of one engine against the other, estimated for each visitor from what is known on arrival; never "
    "from what the engine chose or what followed. The curves are of visitors that the estimates never saw. Qini "
    "coefficient: area between the curve and random order; AUUC: all below the curve. Both are 0 where the estimates "
    "tell nothing and there is no effect.",
)
