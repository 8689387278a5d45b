"""Calibration: whether a score of 30 % means that 30 % convert, and how scores are spread."""

from collections.abc import Iterator
from itertools import pairwise

from dashboard.sheets.blocks import Block, beside, listing, paragraph
from dashboard.sheets.chart import around, axis, chart, reference, series
from dashboard.sheets.model.shown import TASK, Shown, model_sheet
from dashboard.sheets.model.words import number, p_value, told
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column
from model.report import Curves

_COLUMNS = (
    Column("model", "Model"),
    Column("score", "Mean score", "fraction", "Of the sessions of a bin."),
    Column("rate", "Observed rate", "fraction", "Conversion rate of the sessions of a bin."),
    Column("rate_low", "Observed rate, low", "fraction", "Lower end of its confidence interval."),
    Column("rate_high", "Observed rate, high", "fraction", "Upper end of its confidence interval."),
    Column("chance_low", "Chance, low", "fraction", "Where the observed rate would lie were scores exact."),
    Column("chance_high", "Chance, high", "fraction", "Where the observed rate would lie were scores exact."),
)


def _blocks(shown: Shown) -> list[Block]:
    curves = shown.task.curves
    low, high = around([end for point in curves.calibration for end in (point[0], *point[2:])])
    ends = (max(low, 0.0), min(high, 1.0))
    noise = series("Were scores exact", [(x, None, *band) for x, *band in curves.calibration_noise], tone="neutral")
    dots = series("Observed", curves.calibration, "dots")
    exact = reference("", (ends[0], ends[0]), (ends[1], ends[1]))
    axes = (axis("Mean score", "fraction", ends), axis("Conversion rate", "fraction", ends))
    return [
        paragraph(_summary(shown)),
        beside(
            chart("Score and observed rate", axes, [dots, noise], [exact], _summary(shown)),
            _distribution(curves),
            listing(_figures(shown)),
        ),
    ]


def _distribution(curves: Curves) -> Block:
    """Return how scores are spread among sessions that converted, and among the others."""
    top = max((*curves.scores_converted, *curves.scores_others), default=1.0) * 1.05
    edges = curves.score_edges or (0.0, 1.0)
    axes = (axis("Score", "fraction", (edges[0], edges[-1])), axis("Density", "", (0.0, top)))
    drawn = [
        series("Converted", _outline(edges, curves.scores_converted), "area"),
        series("Did not", _outline(edges, curves.scores_others), "area", "neutral"),
    ]
    says = "Scores of sessions that converted, and of those that did not; the further apart, the better."
    return chart("Where scores lie", axes, drawn, says=says)


def _outline(edges: tuple[float, ...], heights: tuple[float, ...]) -> list[tuple[float, float]]:
    return [(x, height) for span, height in zip(pairwise(edges), heights, strict=True) for x in span]


def _figures(shown: Shown) -> list[tuple[str, str]]:
    found, write = shown.task.calibration, shown.write
    return [
        ("Slope (1 is calibrated)", told(found.slope, "times", write).replace(" ×", "")),
        ("Intercept (0 is calibrated)", told(found.intercept, "score", write)),
        ("Test of both", p_value(found.p_value, write)),
        ("Calibration error", told(found.ece, "gap", write)),
        ("By chance alone", number(found.noise_floor, "gap", write)),
        ("Recalibrated", "yes, by a sigmoid" if found.is_recalibrated else "no"),
    ]


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    noise = {x: (low, high) for x, low, high in shown.task.curves.calibration_noise}
    for x, rate, low, high in shown.task.curves.calibration:
        yield shown.task.title, x, rate, low, high, *noise.get(x, (None, None))


def _summary(shown: Shown) -> str:
    return shown.write.regrouped(f"{shown.task.title}: {shown.task.calibration.sentence}")


CALIBRATION = model_sheet(
    "model-calibration",
    "Does a score of 30 % mean that 30 % convert?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="signal",
    choices=(TASK,),
    help="Sessions held out, in bins of equal size by their score: the mean score of a bin against the rate observed "
    "in it. The shaded band is where rates would lie by chance alone were every score exact.",
)
