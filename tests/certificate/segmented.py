"""Part e: how often anything wrong is said of any segment."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.experiment.segment_search import Part as SegmentPart
from analytics.experiment.segment_search import Segments, find_segments
from analytics.experiment.statistic import Moments
from tests.certificate.draws import Row, generator_of
from tests.certificate.part import Part, Section, column, percent, table, upper_bound
from tests.certificate.plot import Dots

DIMENSIONS = (3, 4, 6)
N_AT_ONCE = 250
LEVEL, BOUND = 0.05, 0.055
SCENARIOS = {
    "nothing differs, one look": ("fixed", 0.12, 0.0, 40),
    "few conversions, one look": ("fixed", 0.02, 0.0, 12),
    "one lift of 30 % for all, one look": ("fixed", 0.12, 0.3, 12),
    "nothing differs, sequence": ("sequential", 0.12, 0.0, 4),
}
"""Method, rate, lift, and how many times `N_AT_ONCE` data sets."""
CELLS: tuple[Row, ...] = tuple(
    {"scenario": scenario, "chunk": chunk} for scenario, (*_, n) in SCENARIOS.items() for chunk in range(n)
)
_PLACES = list(np.ndindex(DIMENSIONS))
_LOOKED_AT = [axes for depth in (1, 2) for axes in combinations(range(3), depth)]
METHOD = """Each data set: about 100 users in each of 3 × 4 × 6 cells and either variant, uneven; every member of the
three dimensions and every pair of two is looked at, 67 segments in 6 parts, by the product's `find_segments`. An
error is any claim about any segment, "gains", "loses" or "stands out", that is not true: where nothing differs every
claim, where all have one lift every "stands out"."""


def parts_of() -> list[SegmentPart]:
    """Return the dimensions and pairs, and where their segments stand."""
    parts, start = [], 0
    for axes in _LOOKED_AT:
        codes = np.array(list(np.ndindex(tuple(DIMENSIONS[axis] for axis in axes))))
        parts.append(SegmentPart(np.arange(start, start + len(codes)), codes))
        start += len(codes)
    return parts


def summed(cells: Floats) -> Floats:
    """Return the sums of every segment, shape (segments, 2), from those of the cells and variants."""
    sums = [cells.sum(axis=tuple({0, 1, 2} - set(axes))).reshape(-1, 2) for axes in _LOOKED_AT]
    return np.concatenate(sums)


def drawn(rng: np.random.Generator, rate: float, lift: float) -> tuple[Arm, Arm]:
    """Return treatment and control in every segment of one data set."""
    uneven = rng.gamma(5, 20, (*DIMENSIONS, 1))
    users = rng.poisson(np.broadcast_to(uneven, (*DIMENSIONS, 2)))
    rates = rate * np.exp(rng.normal(0, 0.3, (*DIMENSIONS, 1))) * np.array([1, 1 + lift])
    n, converted = summed(users.astype(float)), summed(rng.binomial(users, np.minimum(rates, 1)).astype(float))
    arm = arms_of(Moments.of(n, [converted], [converted]), n, is_rate=True)
    return arm[:, 1], arm[:, 0]


def measure(cell: Row, size: float) -> Row:
    """Return in how many data sets of a chunk anything wrong is said."""
    method, rate, lift, _ = SCENARIOS[str(cell["scenario"])]
    rng, n_tests, parts = generator_of("e", cell), round(N_AT_ONCE * size), parts_of()
    plan = Plan(method, n_planned=14_400)  # type: ignore[arg-type]
    found = [find_segments(*drawn(rng, rate, lift), plan, parts) for _ in range(n_tests)]
    claimed = [is_wrong(segments, lift) for segments in found]
    differs = [bool((segments.p_differs_holm < LEVEL).any()) for segments in found]
    naive = [bool((segments.p_value < LEVEL).any()) for segments in found]
    return {"n_tests": n_tests, "wrong": sum(claimed), "differs": sum(differs), "naive": sum(naive)}


def is_wrong(segments: Segments, lift: float) -> bool:
    """Return whether any claim is not true."""
    is_claimed = segments.stands_out.any() or (segments.direction < 0).any()
    return bool(is_claimed if lift > 0 else is_claimed or (segments.direction != 0).any())


def section(rows: Sequence[Row]) -> Section:
    """Return the family error of each scenario."""
    lines, shares = [], []
    for scenario in SCENARIOS:
        chosen = [row for row in rows if row["scenario"] == scenario]
        n = int(column(chosen, "n_tests").sum())
        wrong, differs, naive = (column(chosen, name).sum() / n for name in ("wrong", "differs", "naive"))
        shares += [wrong, differs]
        uncorrected = percent(naive) if "lift" not in scenario else "–"
        bounds = [f"{percent(share, 2)} (≤ {percent(upper_bound(share, n), 2)})" for share in (wrong, differs)]
        lines.append([scenario, f"{n:,}", *bounds, uncorrected])
    sentence = f"Anything wrong is said of any of 67 segments in {percent(shares[0], 2)} of 10,000 null data sets."
    head = ["data", "data sets", "any wrong claim", "“a dimension differs”, wrongly", "any segment, uncorrected"]
    return Section(
        sentence, max(shares[::2]) <= LEVEL, f"{METHOD}\n\n{table(head, lines)}", {"certificate-e.svg": plot_of(rows)}
    )


def plot_of(rows: Sequence[Row]) -> str:
    """Return a dot for each chunk of data sets."""
    names = list(SCENARIOS)
    shown = {"any wrong claim": "wrong", "uncorrected": "naive"}
    series = {
        words: [
            (names.index(str(row["scenario"])), float(row[name]) / int(row["n_tests"]))
            for row in rows
            if name == "wrong" or "lift" not in str(row["scenario"])
        ]
        for words, name in shown.items()
    }
    return Dots(
        title="Data sets in which anything wrong is said of any segment",
        x_label=f"each dot {N_AT_ONCE} data sets",
        groups=names,
        series=series,
        lines={"5 %": LEVEL},
        y_range=(0, 1),
        y_ticks=(0, 0.25, 0.5, 0.75, 1),
    ).svg()


PART = Part("e", "Many segments", "any wrong claim in at most 5 % of data sets", CELLS, measure, section, __name__)
