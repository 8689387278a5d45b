"""Threshold: what acting on the sessions above a score means, and what it is worth at the values on the sliders."""

from collections.abc import Iterator

from analytics.estimate import Estimate
from dashboard.sheets.blocks import Block, Cell, beside, cell, listing, paragraph, rows_of, stacked
from dashboard.sheets.chart import around, axis, chart, reference, series, thinned
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.shown import TASK, Shown, model_sheet, shown_of
from dashboard.sheets.model.words import cell_of
from dashboard.sheets.slider import Slider, Stops, stops_around
from dashboard.sheets.told import Told
from dashboard.table import Cell as TableCell
from dashboard.table import Column, estimate_cells, estimate_columns
from model.report import Threshold
from model.scoring.worth import SESSIONS, Worth, best_of, worth_of

_FACTORS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)
_SHARES = ("precision", "recall", "accuracy", "f1")
_CAUTION = (
    "Worth counts each conversion among the sessions acted on: what selecting finds. How many of them the action "
    "itself brings about only an experiment can tell."
)
_HALF_A_TENTH = 0.0005
_PICKED = "picked here, so a little too good"
_COLUMNS = (
    Column("model", "Model"),
    Column("threshold", "Threshold", "fraction", "All sessions scored at least this are acted on."),
    *(
        column
        for name, label in (
            ("true_positive", "Acted on, converted"),
            ("false_positive", "Acted on, did not"),
            ("false_negative", "Left alone, converted"),
            ("true_negative", "Left alone, did not"),
            ("precision", "Precision"),
            ("recall", "Recall"),
            ("accuracy", "Accuracy"),
            ("f1", "F1"),
        )
        for column in estimate_columns(name, label, "fraction", "On the sessions held out.")
    ),
    *estimate_columns("over_none", "Worth over none", "amount", f"Per {SESSIONS} sessions, against acting on none."),
    *estimate_columns("over_all", "Worth over all", "amount", f"Per {SESSIONS} sessions, against acting on each."),
)


def _amounts(facts: Facts, option: str, usual: float, base: float) -> Stops:
    values = [float(f"{base * factor:.3g}") for factor in _FACTORS]
    return stops_around(facts.context.options.get(option, ""), usual, values, facts.context.config.display.currency)


def _values(facts: Facts) -> Stops | None:
    usual = facts.context.config.model.value_of_conversion
    return _amounts(facts, "model-value", usual, usual) if _is_told(facts) else None


def _costs(facts: Facts) -> Stops | None:
    settings = facts.context.config.model
    base = settings.cost_of_action or settings.value_of_conversion / 5
    return _amounts(facts, "model-cost", settings.cost_of_action, base) if _is_told(facts) else None


def _is_told(facts: Facts) -> bool:
    return not isinstance(shown_of(facts, "signal"), str)


VALUE = Slider("model-value", "Value of a conversion", _values)
COST = Slider("model-cost", "Cost of an action", _costs)


def _thresholds(facts: Facts) -> Stops | None:
    shown = shown_of(facts, "signal")
    if isinstance(shown, str) or not shown.task.thresholds:
        return None
    return Stops(tuple(one.threshold for one in shown.task.thresholds), _rule(*_prices(shown)))


def _rule(value: float, cost: float) -> float:
    """Return cost over value: from there on an action brings more than it costs, where scores hold as rates."""
    return min(cost / value, 1.0) if value else 1.0


THRESHOLD = Slider("model-threshold", "Act on scores from", _thresholds)


def _prices(shown: Shown) -> tuple[float, float]:
    """Return the value of a conversion and the cost of an action that are in force."""
    return VALUE.chosen(shown.facts) or 0.0, COST.chosen(shown.facts) or 0.0


def _is_rule(shown: Shown) -> bool:
    stops = _thresholds(shown.facts)
    return stops is not None and THRESHOLD.chosen(shown.facts) == stops.values[stops.nearest(stops.usual)]


def _chosen(shown: Shown) -> Threshold:
    at = THRESHOLD.chosen(shown.facts)
    return next(one for one in shown.task.thresholds if one.threshold == at)


def _blocks(shown: Shown) -> list[Block]:
    if not shown.task.thresholds:
        return [paragraph(_summary(shown), "quiet")]
    one = _chosen(shown)
    return [
        paragraph(_summary(shown)),
        beside(_worth_chart(shown), stacked(_confusion(one, shown), listing(_figures(one, shown)))),
        paragraph(_CAUTION, "quiet"),
    ]


def _worth_chart(shown: Shown) -> Block:
    prices, at = _prices(shown), _chosen(shown).threshold
    kept = thinned([one for one in shown.task.thresholds if _selected(one) > 0 or one.threshold == at])
    worth = [(one.threshold, worth_of(one, *prices)) for one in kept]
    band = [(x, e.value, e.low, e.high, e.n) for x, w in worth for e in [w.over_none] if e.low is not None]
    ends = around([end for point in band for end in point[2:4]], zero=True)
    everybody = _all_over_none(worth[0][1])
    drawn = [series("Worth over acting on none", band)]
    lines = [reference("acted on from here", (at, ends[0]), (at, ends[1]))]
    if ends[0] < everybody < ends[1]:
        lines.append(reference("acting on all", (kept[0].threshold, everybody), (kept[-1].threshold, everybody)))
    currency = shown.facts.context.config.display.currency
    across = axis("Act on scores from", "fraction", (kept[0].threshold, kept[-1].threshold))
    up = axis(f"Worth per {shown.write.count(SESSIONS)} sessions", currency, ends)
    return chart("Worth by threshold", (across, up), drawn, lines, _summary(shown))


def _all_over_none(worth: Worth) -> float:
    """Return what acting on all is worth: the same at each threshold."""
    return (worth.over_none.value or 0.0) - (worth.over_all.value or 0.0)


def _confusion(one: Threshold, shown: Shown) -> Block:
    def row(name: str, acted_on: Estimate, left_alone: Estimate) -> list[Cell]:
        return [name, *(cell_of(share, "fraction", shown.write) for share in (acted_on, left_alone))]

    rows = [
        row("Converted", one.true_positive, one.false_negative),
        row("Did not", one.false_positive, one.true_negative),
    ]
    return rows_of("Shares of all sessions", ("Shares of all sessions", "#Acted on", "#Left alone"), rows)


def _figures(one: Threshold, shown: Shown) -> list[tuple[str, Cell]]:
    write, base, best = shown.write, shown.task.hold_out.base_rate, best_of(shown.task.thresholds, *_prices(shown))
    always = max(base.value or 0.0, 1 - (base.value or 0.0))
    return [
        ("Precision", cell_of(one.precision, "fraction", write)),
        ("Recall", cell_of(one.recall, "fraction", write)),
        ("Accuracy", cell_of(one.accuracy, "fraction", write)),
        ("Always saying the same", write.rate(always)),
        ("F1", cell_of(one.f1, "score", write)),
        ("Worth most on these sessions", cell(f"from {write.rate(best.threshold)} on", under=_PICKED)),
    ]


def _rows(shown: Shown) -> Iterator[tuple[TableCell, ...]]:
    prices = _prices(shown)
    for one in shown.task.thresholds:
        shares = (one.true_positive, one.false_positive, one.false_negative, one.true_negative)
        worth = worth_of(one, *prices)
        others = (getattr(one, name) for name in _SHARES)
        cells = (c for e in (*shares, *others, worth.over_none, worth.over_all) for c in estimate_cells(e))
        yield shown.task.title, one.threshold, *cells


def _summary(shown: Shown) -> str:
    if not shown.task.thresholds:
        return "No threshold was looked at, so there is nothing to choose from."
    one = _chosen(shown)
    worth, write = worth_of(one, *_prices(shown)), shown.write
    pays = _pays(one.threshold, shown) if _is_rule(shown) else ""
    none, everybody = _money(worth.over_none, shown), _money(worth.over_all, shown)
    return (
        f"{shown.task.title}: from a score of {write.rate(one.threshold)} on{pays}, {write.rate(_selected(one))} of "
        f"sessions are acted on. Per {write.count(SESSIONS)} sessions that is worth {none} than acting on none, and "
        f"{everybody} than acting on all{_unsure(worth)}."
    )


def _pays(at: float, shown: Shown) -> str:
    rule = _rule(*_prices(shown))
    said = ", where an action pays"
    return said if abs(at - rule) < _HALF_A_TENTH else f", nearest to {shown.write.rate(rule)}{said}"


def _selected(one: Threshold) -> float:
    return (one.true_positive.value or 0.0) + (one.false_positive.value or 0.0)


def _money(estimate: Estimate, shown: Shown) -> str:
    """Return an amount in words, such as ``₹ 320 more (₹ 290 – 350)``."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "neither more nor less"
    if estimate.low * estimate.high > 0:
        nearer, further = sorted((abs(estimate.low), abs(estimate.high)))
        between = shown.write.interval(nearer, further, shown.facts.context.config.display.currency, further)
        return f"{_amount(estimate.value, shown)} ({between})"
    low, high = (_amount(end, shown) for end in (estimate.low, estimate.high))
    return f"{_amount(estimate.value, shown)} ({low} to {high})"


def _amount(value: float, shown: Shown) -> str:
    text = shown.write.value(abs(value), shown.facts.context.config.display.currency)
    return f"{text} {'less' if value < 0 else 'more'}"


def _unsure(worth: Worth) -> str:
    best = min((worth.over_none, worth.over_all), key=lambda one: one.low if one.low is not None else 0.0)
    return "" if best.low is not None and best.low > 0 else "; that it beats both is not shown"


THRESHOLDS = model_sheet(
    "model-threshold",
    "Whom to act on, and what it is worth",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="signal",
    choices=(TASK,),
    sliders=(VALUE, COST, THRESHOLD),
    help="A session acted on costs the action, and brings the value of a conversion where it converts. The slider "
    "opens at cost over value: from there on an action brings more than it costs, where scores hold as rates. "
    "Intervals of a worth join those of its shares, which move against each other.",
)
