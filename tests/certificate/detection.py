"""Part b: how often a real effect is found at one of the looks, and called what it is, beside gbstats."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.score import score_statistic
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.skewness import bent, score_skewness
from tests.certificate.draws import Row, generator_of
from tests.certificate.gbstats_sequence import excess
from tests.certificate.part import Part, Section, column, percent, table
from tests.certificate.plot import Dots
from tests.certificate.traffic import GRID, RATES, Traffic

N_TESTS = 1_000
LEVEL = 0.05
BETTER, WORSE = (0.1, 0.2, 0.5), (-0.2, -0.5)
RARE, ROOM, FACTOR = 0.02, 2 / 3, 1.5
METHOD = f"""The same 192 cells, each with real lifts; {N_TESTS:,} tests a cell, both methods on the same draws.
*Found*: at the first look at which a method calls an effect, it calls it in its true direction. The peer is
GrowthBook's sequential test from its published formula (relative difference, delta method, tuned for 5,000), which
answers like gbstats in all of its answered cases (tested). *At its level*: its boundary raised, cell by cell, until
at most 5 % of A/A tests are called, as a fair comparison asks. *Room*: cells at rates up to .02 in which gbstats
finds at most two thirds, so that half as much again is possible."""
SHORT = """**1.5 times.** Where gbstats finds nearly everything nothing can be 1.5 times that, so the total of +50 %
is less; straightening, which ramps need (part a), costs some of it where the treatment has the smaller share.

**Where New is worse**, gbstats finds it more often than we do, at its own level too: its error is too small just
where the treatment has few conversions, so nearly all of its false alarms, and of its power, say "worse"; up to
{wrong} of *better* treatments it calls worse. Ours treats both directions alike. Over both directions together, at
equal level, ours finds more: the last rows. Sequences always pay for looking at any time: where only a few looks are
needed, spending boundaries find more."""
CELLS: tuple[Row, ...] = tuple({**cell, "lift": lift} for lift in (*BETTER, *WORSE) for cell in GRID)


def measure(cell: Row, size: float) -> Row:
    """Return how many of a cell's effects each method finds: in their direction, and in the other."""
    traffic, n_tests, rng = Traffic.of(cell), round(N_TESTS * size), generator_of("b", cell)
    null = [
        np.nanmax(np.abs(theirs), axis=-1, initial=0) for _, theirs in crossings(replace(traffic, lift=0), n_tests, rng)
    ]
    fair = max(1.0, float(np.quantile(np.concatenate(null), 1 - LEVEL)))
    called: Counter[str] = Counter()
    for ours, theirs in crossings(traffic, n_tests, rng):
        for name, beyond in {"ours": ours, "gbstats": theirs, "fair": theirs / fair}.items():
            direction = first_call(beyond) * np.sign(traffic.lift)
            called.update({name: int((direction > 0).sum()), f"{name}_wrong": int((direction < 0).sum())})
    return {"n_tests": n_tests, **{name: count / n_tests for name, count in called.items()}}


def crossings(traffic: Traffic, n_tests: int, rng: np.random.Generator) -> Iterator[tuple[Floats, Floats]]:
    """Yield the statistics of both methods by what they must exceed, after each look."""
    mixture = NormalMixture.tuned_for(traffic.planned)
    for treatment, control in traffic.blocks(n_tests, rng):
        n = treatment.n + control.n
        statistic = score_statistic(treatment, control)
        critical = bent(mixture.critical(n), score_skewness(treatment, control, statistic))
        yield statistic / critical, excess(treatment, control)


def first_call(beyond: Floats) -> Floats:
    """Return the sign of each test where it first is beyond 1; 0 where it never is."""
    crossed = np.abs(beyond) > 1
    first = crossed.argmax(axis=-1)[:, None]
    return np.asarray(np.where(crossed.any(axis=-1), np.sign(np.take_along_axis(beyond, first, axis=-1)[:, 0]), 0.0))


def section(rows: Sequence[Row]) -> Section:
    """Return the power of both methods by lift, and whether ours is as large as promised."""
    better = [row for row in rows if float(row["lift"]) > 0]
    behind = (column(better, "ours") - column(better, "gbstats")) / spread(better)
    rare = [row for row in better if float(row["rate"]) <= RARE]
    factor = min(ratio_of([row for row in rare if row["lift"] == lift]) for lift in BETTER)
    n_kept, n_room = (len(cells) for cells in in_room(rare))
    sentence = (
        f"Better treatments are found at least as often as by gbstats in {int((behind > -3).sum())} of {len(better)} "
    )
    sentence += f"cells; at rates up to .02 at least {factor:.2f} times as often in total "
    sentence += f"({ratio_of(in_room(rare)[1]):.1f} times where gbstats leaves room), "
    sentence += (
        f"and 1.5 times in {n_kept} of the {n_room} single cells that leave room. Worse treatments are found less "
    )
    sentence += "often than by gbstats, whose false alarms nearly all say “worse”."
    groups = [*((lift,) for lift in (*BETTER, *WORSE)), (0.2, -0.2), (0.5, -0.5)]
    theirs = ["gbstats", "gbstats at its level"]
    head = [
        "lift",
        "found, all rates",
        *theirs,
        "found, rates ≤ .02",
        *theirs,
        "called the wrong way, at most: ours / gbstats",
    ]
    short = SHORT.format(wrong=percent(column(better, "gbstats_wrong").max()))
    text = "\n\n".join([METHOD, table(head, [line_of(rows, lifts) for lifts in groups]), short])
    return Section(sentence, bool((behind > -3).all()) and factor >= FACTOR, text, {"certificate-b.svg": plot_of(rows)})


def spread(rows: Sequence[Row]) -> Floats:
    """Return at least the standard error of the difference of two shares, if the tests were not the same."""
    ours, theirs, n = (column(rows, name) for name in ("ours", "gbstats", "n_tests"))
    return np.asarray(np.sqrt((ours * (1 - ours) + theirs * (1 - theirs) + 1 / n) / n))


def ratio_of(rows: Sequence[Row]) -> float:
    """Return how many times as often ours finds an effect, over all cells."""
    return float(column(rows, "ours").sum() / column(rows, "gbstats").sum())


def in_room(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return those cells that leave room in which ours finds half as much again, and all that leave room."""
    room = [row for row in rows if float(row["gbstats"]) <= ROOM]
    return [row for row in room if float(row["ours"]) >= FACTOR * float(row["gbstats"])], room


def line_of(rows: Sequence[Row], lifts: Sequence[float]) -> list[str]:
    """Return the mean power of both methods at some lifts."""
    chosen = [row for row in rows if row["lift"] in lifts]
    rare = [row for row in chosen if float(row["rate"]) <= RARE]
    found = [percent(column(cells, name).mean()) for cells in (chosen, rare) for name in ("ours", "gbstats", "fair")]
    wrong = " / ".join(percent(column(chosen, f"{name}_wrong").max()) for name in ("ours", "gbstats"))
    return [" and ".join(f"{100 * lift:+.0f} %".replace("-", "−") for lift in lifts), *found, wrong]


def plot_of(rows: Sequence[Row]) -> str:
    """Return the power of both methods for each cell at a lift of 20 %, by rate."""
    chosen = [row for row in rows if row["lift"] == 0.2]
    shown = {"ours": "ours", "gbstats": "gbstats", "fair": "gbstats at its level"}
    series = {words: [(RATES.index(row["rate"]), float(row[name])) for row in chosen] for name, words in shown.items()}
    return Dots(
        title="How often a lift of 20 % is found, by conversion rate; one dot for each cell",
        x_label="conversion rate; up: share of tests in which a lift of 20 % is found as such",
        groups=[f"{rate:g}" for rate in RATES],
        series=series,
        lines={},
        y_range=(0, 1),
        y_ticks=(0, 0.25, 0.5, 0.75, 1),
    ).svg()


PART = Part(
    "b",
    "Power beside gbstats",
    "better treatments: at least that of gbstats everywhere, and 1.5 times at rates up to .02",
    CELLS,
    measure,
    section,
    __name__,
)
