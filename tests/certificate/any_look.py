"""Part a: how often experiments in which nothing differs are called at any of their looks."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from analytics.experiment.group_sequential import Spending, boundaries, obrien_fleming, squared
from analytics.experiment.interval import Floats
from analytics.experiment.score import score_statistic
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.skewness import score_skewness, straightened
from tests.certificate.draws import Row, generator_of
from tests.certificate.gbstats_sequence import excess
from tests.certificate.part import Part, Section, column, percent, table, upper_bound
from tests.certificate.plot import Dots
from tests.certificate.traffic import GRID, RAMP, RATES, Traffic

N_TESTS = 10_000
LEVEL, BOUND = 0.05, 0.055
MOST_DEVIATION = 3.5
BAR = -np.log(LEVEL)
OURS = {
    "planned": "**default**: sequence tuned for the planned end",
    "tuned_5000": "sequence without a planned size (tuned for 5,000)",
    "ten_times": "sequence tuned for ten times the end",
    "obrien_fleming": "spending, O'Brien-Fleming",
    "squared": "spending, αt²",
    "score_alone": "sequence of the score as it is, not straightened",
}
PEER = "relative difference, as gbstats"

METHOD = """192 cells: 8 rates (.002 to .5) × 4 sizes (40 to 1,000 users a look) × 3 numbers of looks (20, 90, 365) ×
50/50 and 80/20; 10,000 A/A tests in each, all looks counted from the first user on. Users of each kind arrive by a
Poisson law, so shares and sizes vary as assignment at random makes them. The default method is `score_statistic`,
straightened, with `NormalMixture.log_e`: the numbers behind `compare`. Crossing is the same as an interval without 0
and a p-value of at most 5 % (tested). It is asymptotic, and holds here without a minimum sample. It is tuned for an
end, but holds at any; the rows show what other guesses of the end do.

Spending boundaries use up all of the 5 %, so with a standard error of 0.22 percentage points nearly half of the cells
may lie above; they are called in order where none does by more than 3.5 standard errors (the largest of 192 is
expected at 2.8). They are taken here without the exact test of small counts, which only makes them rarer. The
relative difference with a normal error, as gbstats has it, is drawn for comparison."""
BEYOND = """**Beyond the grid**: 48 cells of experiments that begin small, 90/10, 95/5 and 99/1. There a score as it
is breaks 5 %, because the tail of the smaller variant is longer than the normal one; so the product straightens it
(`skewness.py`). Spending boundaries are here without the exact test, as above."""


def measure(cell: Row, size: float) -> Row:
    """Return how many of a cell's A/A tests each method calls at any look."""
    traffic, n_tests = Traffic.of(cell), round(N_TESTS * size)
    bounds = [spending_boundaries(traffic.looks, spending) for spending in (obrien_fleming, squared)]
    mixtures = [NormalMixture.tuned_for(n) for n in (traffic.planned, 5_000, 10 * traffic.planned)]
    called: Counter[str] = Counter()
    for treatment, control in traffic.blocks(n_tests, generator_of("a", cell)):
        statistic, n = score_statistic(treatment, control), treatment.n + control.n
        straight = straightened(np.abs(statistic), score_skewness(treatment, control, statistic))
        crossed = [mixture.log_e(straight, n) >= BAR for mixture in mixtures]
        crossed += [straight > bound for bound in bounds]
        crossed.append(mixtures[0].log_e(statistic, n) >= BAR)
        crossed.append(np.abs(excess(treatment, control)) > 1)
        called.update({name: ever(each) for name, each in zip([*OURS, "gbstats"], crossed, strict=True)})
    return {"n_tests": n_tests, **{name: count / n_tests for name, count in called.items()}}


def spending_boundaries(looks: int, spending: Spending) -> Floats:
    """Return the boundary of each of as many equal looks."""
    return boundaries(np.arange(1, looks + 1) / looks, spending, LEVEL)


def ever(crossed: np.ndarray) -> int:
    """Return how many tests cross at one of their looks at least."""
    return int(crossed.any(axis=-1).sum())


def section(rows: Sequence[Row]) -> Section:
    """Return the worst cells of each method, in the grid and beyond."""
    ramp, rows = [row for row in rows if row["share"] < 0.2], [row for row in rows if row["share"] >= 0.2]
    ours = column(rows, "planned")
    n_tests = int(rows[0]["n_tests"])
    highest = upper_bound(ours.max(), n_tests)
    spent = max(column(rows, name).max() for name in ("obrien_fleming", "squared"))
    deviation = (spent - LEVEL) / np.sqrt(LEVEL * (1 - LEVEL) / n_tests)
    beyond = column(ramp, "tuned_5000").max() if ramp else 0.0
    is_kept = bool(max(ours.max(), beyond) <= LEVEL and highest <= BOUND and deviation <= MOST_DEVIATION)
    sentence = f"At most 5 % of A/A tests are ever called in {int((ours <= LEVEL).sum())} of {len(rows)} cells; "
    sentence += f"worst {percent(ours.max(), 2)} (upper bound {percent(highest, 2)}). Shares down to 1 %: at most "
    sentence += f"{percent(beyond, 2)}. Spending boundaries: at most {deviation:.1f} standard errors above 5 %."
    parts = [METHOD, _table(rows), BEYOND, _table(ramp)] if ramp else [METHOD, _table(rows)]
    return Section(sentence, is_kept, "\n\n".join(parts), {"certificate-a.svg": plot_of(rows)})


def _table(rows: Sequence[Row]) -> str:
    lines = [_line(rows, name, words) for name, words in {**OURS, "gbstats": PEER}.items()]
    return table(["method", "worst cell", "upper bound", "mean", "cells above 5 %", "which is the worst"], lines)


def worst_of(rows: Sequence[Row], name: str) -> Row:
    """Return the row in which a number is the largest."""
    return max(rows, key=lambda row: row[name])


def _line(rows: Sequence[Row], name: str, words: str) -> list[str]:
    values, worst = column(rows, name), worst_of(rows, name)
    highest = upper_bound(float(worst[name]), int(worst["n_tests"]))
    numbers = [percent(values.max(), 2), percent(highest, 2), percent(values.mean(), 2)]
    return [words, *numbers, f"{int((values > LEVEL).sum())} of {len(rows)}", words_of(worst)]


def words_of(row: Row) -> str:
    """Return a cell in words."""
    share = 100 * float(row["share"])
    return f"rate {row['rate']}, {row['users']} users a look, {row['looks']} looks, {100 - share:.0f}/{share:.0f}"


def plot_of(rows: Sequence[Row]) -> str:
    """Return a dot for each cell, by rate."""
    shown = {"planned": "tuned for the planned end", "tuned_5000": "tuned for 5,000", "gbstats": PEER}
    series = {words: [(RATES.index(row["rate"]), float(row[name])) for row in rows] for name, words in shown.items()}
    return Dots(
        title="A/A tests that are called at any look, by conversion rate; one dot for each cell",
        x_label="conversion rate; each dot a cell of 10,000 A/A tests; up: called at any look",
        groups=[f"{rate:g}" for rate in RATES],
        series=series,
        lines={"5 %": LEVEL},
        y_range=(0, 0.27),
        y_ticks=(0, 0.05, 0.1, 0.15, 0.2, 0.25),
    ).svg()


_PROMISE = "at most 5 % in every cell, no minimum sample"
PART = Part("a", "False alarms at any look", _PROMISE, (*GRID, *RAMP), measure, section, __name__)
