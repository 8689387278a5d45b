"""Part c: how often fixed 95 % intervals of two rates hold the truth: counted over all tables, nothing is drawn."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from scipy.stats import binom

from analytics.experiment.arm import arms_of
from analytics.experiment.finding import compare
from analytics.experiment.interval import Floats, Interval, normal_quantile
from analytics.experiment.plan import Plan
from analytics.experiment.proportion import log_risk_ratio, newcombe
from analytics.experiment.score import score_difference, score_lift
from analytics.experiment.statistic import Moments, Proportion
from tests.certificate.draws import Row
from tests.certificate.part import Part, Section, column, percent, table
from tests.certificate.plot import Dots

BALANCED = (50, 100, 120, 150, 160, 200, 300, 400)
SIZES = (*((n, n) for n in BALANCED), (20, 80), (40, 160), (100, 400), (160, 640))
CELLS: tuple[Row, ...] = tuple({"n1": n1, "n2": n2} for n1, n2 in SIZES)
N_RATES = 200
_TAIL = 1e-11
PROMISED = 0.944
DECIDING, USUAL = ("difference", "lift"), ("null", "usual")
REGIONS = {
    "null": "nothing differs",
    "usual": "lifts of −50 to +100 %, rates to 50 %",
    "any": "any two rates, .001 to .999",
}
KINDS = {
    "difference": "**decides**: difference",
    "lift": "**decides**: lift",
    "score_difference": "Miettinen-Nurminen, difference",
    "score_lift": "Miettinen-Nurminen, lift",
    "newcombe": "Newcombe, difference",
    "katz_lift": "log risk ratio (Katz), lift",
}
METHOD = f"""All (n₁ + 1)(n₂ + 1) tables of each experiment are weighed by their exact chance, for each pair of about
{N_RATES} rates between .001 and .999 (dense towards the ends): no draws, no error but that of the grid. What decides
is the product's `compare` under a plan with one look: Miettinen and Nurminen's score interval, widened to agree with
Fisher's exact test where fewer than twelve conversions (or others) are expected. An interval that does not exist
excludes nothing. n is that of the smaller variant."""
SHORT = """**Falls short.** Where one variant converts nearly never and the other nearly always, no interval here
reaches 95 %: a rate of .001 leaves nine of ten experiments of 100 users without a conversion, and what is said of
that one table decides. Exact unconditional intervals (Chan and Zhang 1999) would hold there too, at the price of
seconds for each number; no experiment on engines comes near. Below 100 users in a variant the intervals hold at least
94.3 % for usual lifts. The score test alone errs in up to 9.2 % of 80/20 tests with two conversions in all, where one
in the smaller variant is "significant"; that is why the exact test decides small counts. With five for twelve there,
the lift of 150 users in each variant would be held in 94.32 %. The log risk ratio has no interval where a variant has
no conversion, and fails near 100 %."""


def measure(cell: Row, size: float) -> Row:
    """Return the least coverage of each interval: where nothing differs, where lifts are usual, and anywhere."""
    n1, n2 = int(cell["n1"]), int(cell["n2"])
    rates = rates_of(round(N_RATES * size))
    found = {name: coverage(interval, (n1, n2), rates, name) for name, interval in intervals_of(n1, n2).items()}
    ratio = rates[:, None] / rates
    usual = (ratio >= 0.5) & (ratio <= 2) & (np.maximum(rates[:, None], rates) <= 0.5)
    row: Row = {}
    for name, covered in found.items():
        regions = {"null": np.eye(rates.size, dtype=bool), "usual": usual, "any": np.ones_like(usual)}
        for region, where in regions.items():
            place = np.unravel_index(np.where(where, covered, 2).argmin(), covered.shape)
            row |= {f"{name}_{region}": float(covered[place]), f"{name}_{region}_p1": float(rates[place[0]])}
            row[f"{name}_{region}_p2"] = float(rates[place[1]])
        row |= {f"{name}_mean": float(covered[usual].mean()), f"{name}_low": float((covered[usual] < 0.944).mean())}
    return row


def rates_of(n: int) -> Floats:
    """Return rates between .001 and .999, dense towards either end."""
    inner = np.sin(np.pi / 2 * np.arange(1, n) / n) ** 2
    low = np.array([0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.014])
    return np.concatenate([low, inner[(inner > 0.018) & (inner < 0.982)], 1 - low[::-1]])


def intervals_of(n1: int, n2: int) -> dict[str, Interval]:
    """Return each kind of interval of all tables, shape (n1 + 1, n2 + 1)."""
    x1, x2 = np.meshgrid(np.arange(n1 + 1.0), np.arange(n2 + 1.0), indexing="ij")
    treatment, control, z = Proportion.of(x1, n1), Proportion.of(x2, n2), normal_quantile(0.95)
    converted, n = np.stack([x1, x2], axis=-1), np.broadcast_to([float(n1), float(n2)], (*x1.shape, 2))
    arms = arms_of(Moments.of(n, [converted], [converted]), n, is_rate=True)
    finding = compare(arms[..., 0], arms[..., 1], Plan("fixed"))
    return {
        "difference": finding.difference,
        "lift": finding.lift,
        "score_difference": score_difference(treatment, control, z),
        "score_lift": score_lift(treatment, control, z),
        "newcombe": newcombe(x1, n1, x2, n2),
        "katz_lift": log_risk_ratio(x1, n1, x2, n2),
    }


def coverage(interval: Interval, sizes: tuple[int, int], rates: Floats, name: str) -> Floats:
    """Return the chance of each pair of rates to lie in the interval; one that does not exist excludes nothing."""
    low, high = np.nan_to_num(interval.low, nan=-np.inf), np.nan_to_num(interval.high, nan=np.inf)
    one, two = ([window(n, rate) for rate in rates] for n in sizes)
    covered = np.empty((rates.size, rates.size))
    for (i, (rows, mass1)), (j, (columns, mass2)) in product(enumerate(one), enumerate(two)):
        truth = rates[i] / rates[j] - 1 if name.endswith("lift") else rates[i] - rates[j]
        holds = (low[rows, columns] <= truth) & (truth <= high[rows, columns])
        covered[i, j] = mass1 @ holds @ mass2
    return covered


def window(n: int, rate: float) -> tuple[slice, Floats]:
    """Return those counts that are not all but impossible, and their chances."""
    low, high = (int(place) for place in binom.ppf([_TAIL, 1 - _TAIL], n, rate))
    return slice(low, high + 1), np.asarray(binom.pmf(np.arange(low, high + 1), n, rate))


def section(rows: Sequence[Row]) -> Section:
    """Return the least coverage of each kind of interval by region."""
    large = [row for row in rows if min(row["n1"], row["n2"]) >= 100]
    least = min(float(row[f"{name}_{region}"]) for row in large for name in DECIDING for region in USUAL)
    sentence = f"The intervals that decide hold the truth in at least {percent(least, 2)} for n of 100 and more, "
    sentence += "where lifts are −50 to +100 % and rates up to 50 %."
    head = ["interval, n ≥ 100", *REGIONS.values(), "mean of usual lifts"]
    pairs = list(product(DECIDING, REGIONS))
    by_size = [[f"{row['n1']}, {row['n2']}", *(told(row, *pair) for pair in pairs)] for row in rows]
    names = ["n₁, n₂", *(f"{name}: {REGIONS[region]}" for name, region in pairs)]
    tables = [table(head, [line_of(large, name) for name in KINDS]), table(names, by_size)]
    text = "\n\n".join([METHOD, *tables, SHORT])
    return Section(sentence, round(least, 4) >= PROMISED, text, {"certificate-c.svg": plot_of(rows)})


def line_of(rows: Sequence[Row], name: str) -> list[str]:
    """Return the least coverage of one kind of interval in each region, and where that is."""
    worst = [rows[int(column(rows, f"{name}_{region}").argmin())] for region in REGIONS]
    numbers = [told(row, name, region) for row, region in zip(worst, REGIONS, strict=True)]
    return [KINDS[name], *numbers, percent(column(rows, f"{name}_mean").mean(), 2)]


def told(row: Row, name: str, region: str) -> str:
    """Return a least coverage with the rates that have it."""
    rates = f"{row[f'{name}_{region}_p1']:.3f}, {row[f'{name}_{region}_p2']:.3f}"
    return f"{percent(float(row[f'{name}_{region}']), 2)} ({rates})"


def plot_of(rows: Sequence[Row]) -> str:
    """Return the least coverage for usual lifts, by size."""
    shown = {"difference": "decides", "score_difference": "score alone", "newcombe": "Newcombe", "katz_lift": "Katz"}
    series = {words: [(i, float(row[f"{name}_usual"])) for i, row in enumerate(rows)] for name, words in shown.items()}
    return Dots(
        title="Least exact coverage of 95 % intervals where lifts are −50 to +100 %, by size of the experiment",
        x_label="users of treatment / control; each dot the least of all pairs of rates with usual lifts",
        groups=[f"{row['n1']}/{row['n2']}" for row in rows],
        series=series,
        lines={"94.4 %": PROMISED},
        y_range=(0.9, 0.96),
        y_ticks=(0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96),
    ).svg()


PART = Part(
    "c",
    "Exact coverage of fixed intervals",
    "at least 94.4 % for n ≥ 100",
    CELLS,
    measure,
    section,
    __name__,
)
