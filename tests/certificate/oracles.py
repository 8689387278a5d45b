"""Part g: the same numbers from scipy, statsmodels and fifty digits, on random tables."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import mpmath
import numpy as np
from scipy.stats import fisher_exact as scipy_fisher
from scipy.stats import hypergeom, ttest_ind_from_stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.proportion import test_proportions_2indep as independence_test

from analytics.experiment.bayes import compare_rates
from analytics.experiment.effect import difference_of, pooled_difference
from analytics.experiment.hypergeometric import fisher_exact
from analytics.experiment.interval import Floats, Interval, normal_quantile
from analytics.experiment.proportion import log_risk_ratio, newcombe
from analytics.experiment.score import score_difference, score_lift, score_p_value
from analytics.experiment.statistic import Moments, Point, Proportion, mean_of
from tests.analytics.experiment.exact_beta import chance_above
from tests.certificate.draws import SEED, Row
from tests.certificate.part import Part, Section, table
from tests.certificate.plot import Dots

N_TABLES, N_EXACT = 10_000, 500
CLOSE, LEAST_CHANCE = 1e-6, 1e-40
ROOT = Path(__file__).resolve().parents[2]
Pair = tuple[Floats, Floats]
Tables = tuple[Proportion, Proportion]
METHOD = f"""{N_TABLES:,} random tables: 10 to 20,000 units, rates .1 to 60 %, apart by up to a half; those with 0 or
all converted are left out where the oracle has no answer. Difference: the largest of |ours − theirs| by |theirs|; of
intervals by their width; of score intervals, what statistic or p-value the oracle has at their ends. gbstats: every
case that it answered, each method that is the same, to 1e-9 (interval ends 1e-8 near zero)."""
SHORT = """Statsmodels 0.15 has one coefficient of the score interval of a difference wrong, so fifty digits stand in
its place. Chances to beat control below 1e-40 are left out: the quadrature loses digits there, and below 1e-60 says
less than the truth. P-values of gbstats end at 1e-16; ours go on to 1e-300. Relative differences of gbstats are
deliberately not ours: part a shows why."""


@cache
def tables(n: int) -> Tables:
    """Return random variants."""
    rng = np.random.default_rng([SEED, n])
    units = np.exp(rng.uniform(np.log(10), np.log(20_000), (2, 2 * n))).astype(int)
    rate = np.exp(rng.uniform(np.log(0.001), np.log(0.6), 2 * n))
    x = rng.binomial(units, [rate, rate * rng.uniform(0.5, 1.5, 2 * n)])
    kept = np.flatnonzero(((x > 0) & (x < units)).all(axis=0))[:n]
    return Proportion.of(x[0, kept], units[0, kept]), Proportion.of(x[1, kept], units[1, kept])


def each(n: int) -> Iterator[list[int]]:
    """Yield conversions and units of treatment and control, table by table."""
    one, two = tables(n)
    yield from np.stack([one.n_converted, one.n, two.n_converted, two.n], axis=1).astype(int).tolist()


def pooled_z(n: int) -> Pair:
    """Return p-values of the pooled z test."""
    theirs = [proportions_ztest([x1, x2], [n1, n2])[1] for x1, n1, x2, n2 in each(n)]
    return pooled_difference(*(side.point for side in tables(n))).p_value(), np.array(theirs)


def unpooled_z(n: int) -> Pair:
    """Return p-values of the unpooled z test."""
    theirs = [independence_test(*counts, method="wald", compare="diff").pvalue for counts in each(n)]
    return difference_of(*(side.point for side in tables(n))).as_normal.p_value(), np.array(theirs)


def score_test(n: int) -> Pair:
    """Return p-values of the score test."""
    theirs = [independence_test(*counts, method="score", compare="diff").pvalue for counts in each(n)]
    return score_p_value(*tables(n)), np.array(theirs)


def likelihood_fisher(n: int) -> Pair:
    """Return p-values of Fisher's test by likelihood, the convention of scipy."""
    theirs = [scipy_fisher([[x1, n1 - x1], [x2, n2 - x2]]).pvalue for x1, n1, x2, n2 in each(n)]
    return fisher_exact(*tables(n), convention="likelihood"), np.array(theirs)


def mid_p(n: int) -> Pair:
    """Return doubled mid-p values, from the tails of scipy's hypergeometric distribution."""
    x1, n1, x2, n2 = np.array(list(each(n))).T
    given = (n1 + n2, n1, x1 + x2)
    half = hypergeom.pmf(x1, *given) / 2
    tails = [hypergeom.sf(x1 - 1, *given) - half, hypergeom.cdf(x1, *given) - half]
    return fisher_exact(*tables(n), is_mid_p=True), np.minimum(2 * np.minimum(*tails), 1)


def welch(n: int) -> Pair:
    """Return p-values of Welch's test."""
    rng = np.random.default_rng([SEED, n, 1])
    size, mean = rng.integers(2, 3_000, (2, n)), rng.normal(3, 1, (2, n))
    spread = rng.gamma(2, 1, (2, n)) + 0.1
    point = mean_of(Moments.of(size, [size * mean], [(size - 1) * spread**2 + size * mean**2]))
    ours = difference_of(*(Point(point.value[k], point.variance[k], point.n[k]) for k in (0, 1)))
    theirs = ttest_ind_from_stats(mean[0], spread[0], size[0], mean[1], spread[1], size[1], equal_var=False)
    return ours.p_value(), np.asarray(theirs.pvalue)


def newcombe_ends(n: int) -> Pair:
    """Return ends of Newcombe's interval, in widths."""
    theirs = [confint_proportions_2indep(*counts, method="newcomb", compare="diff") for counts in each(n)]
    return _in_widths(newcombe(*np.array(list(each(n))).T), theirs)


def katz_ends(n: int) -> Pair:
    """Return logarithms of the ends of Katz' interval, in widths."""
    theirs = [confint_proportions_2indep(*counts, method="log", compare="ratio") for counts in each(n)]
    found = log_risk_ratio(*np.array(list(each(n))).T)
    logs = Interval(np.log1p(found.value), np.log1p(found.low), np.log1p(found.high))
    return _in_widths(logs, np.log(theirs).tolist())


def lift_ends(n: int) -> Pair:
    """Return what p-value the ends of the score interval of the lift have, which is to be 5 %."""
    found = score_lift(*tables(n), normal_quantile(0.95))
    tested = [
        [independence_test(*counts, value=1 + end, method="score", compare="ratio").pvalue for end in ends]
        for counts, ends in zip(each(n), np.stack([found.low, found.high], axis=1).tolist(), strict=True)
    ]
    return np.full((len(tested), 2), 0.05), np.array(tested)


def difference_ends(n: int) -> Pair:
    """Return the score statistic at the ends of the interval of the difference, to fifty digits."""
    critical = normal_quantile(0.95)
    found = score_difference(*tables(n), critical)
    with mpmath.workdps(50):
        seen = [
            [float(_statistic(mpmath.mpf(end), counts)) for end in ends]
            for counts, ends in zip(each(n), np.stack([found.low, found.high], axis=1).tolist(), strict=True)
        ]
    return np.tile([critical, -critical], (len(seen), 1)), np.array(seen)


def _statistic(gap: mpmath.mpf, counts: Sequence[int]) -> mpmath.mpf:
    x1, n1, x2, n2 = counts
    n, x = n1 + n2, x1 + x2
    cubic = [n, (n1 + 2 * n2) * gap - n - x, (n2 * gap - n - 2 * x2) * gap + x, x2 * gap * (1 - gap)]
    roots = [mpmath.re(root) for root in mpmath.polyroots(cubic[::-1], 500, extraprec=300, asc=True)]
    p2 = next(root for root in roots if max(0, -gap) - 1e-30 <= root <= min(1, 1 - gap) + 1e-30)
    variance = ((p2 + gap) * (1 - p2 - gap) / n1 + p2 * (1 - p2) / n2) * n / (n - 1)
    return (mpmath.mpf(x1) / n1 - mpmath.mpf(x2) / n2 - gap) / mpmath.sqrt(variance)


def chances(n: int) -> Pair:
    """Return chances to beat control above 1e-40, and their sums to fifty digits."""
    with mpmath.workdps(50):
        theirs = [float(chance_above((x1 + 1, n1 - x1 + 1), (x2 + 1, n2 - x2 + 1))) for x1, n1, x2, n2 in each(n)]
    exact = np.array(theirs)
    return compare_rates(*tables(n)).chance_to_beat[exact > LEAST_CHANCE], exact[exact > LEAST_CHANCE]


def _in_widths(found: Interval, theirs: Sequence[tuple[float, float]]) -> Pair:
    ends = np.array(theirs)
    width = ends[:, 1] - ends[:, 0]
    return 1 + (np.stack([found.low, found.high], axis=1) - ends) / width[:, None], np.ones_like(ends)


COMPARED: dict[str, tuple[str, str, Callable[[int], Pair], int]] = {
    "pooled_z": ("z test, pooled", "statsmodels", pooled_z, N_TABLES),
    "unpooled_z": ("z test, unpooled", "statsmodels", unpooled_z, N_TABLES),
    "score_test": ("score test", "statsmodels", score_test, N_TABLES),
    "fisher": ("Fisher, by likelihood", "scipy", likelihood_fisher, N_TABLES),
    "mid_p": ("mid-p, doubled", "scipy (hypergeometric)", mid_p, N_TABLES),
    "welch": ("Welch's t test", "scipy", welch, N_TABLES),
    "newcombe": ("Newcombe, ends", "statsmodels", newcombe_ends, N_TABLES),
    "katz": ("log risk ratio (Katz), ends", "statsmodels", katz_ends, N_TABLES),
    "lift": ("Miettinen-Nurminen, lift: both ends", "statsmodels", lift_ends, N_TABLES),
    "difference": ("Miettinen-Nurminen, difference: both ends", "mpmath, 50 digits", difference_ends, N_EXACT),
    "bayes": ("chance to beat control, above 1e-40", "mpmath, 50 digits", chances, N_EXACT),
}
CELLS: tuple[Row, ...] = tuple({"what": what} for what in (*COMPARED, "gbstats"))


def measure(cell: Row, size: float) -> Row:
    """Return the largest relative difference of one comparison, or how many tests against gbstats pass."""
    if cell["what"] == "gbstats":
        return {"n": 500, "difference": 0.0 if _gbstats_agrees() else 1.0}
    *_, compared, n_tables = COMPARED[str(cell["what"])]
    ours, theirs = compared(round(n_tables * size))
    exists = np.abs(theirs) > 1e-290
    return {"n": len(ours), "difference": float(np.max(np.abs(ours - theirs)[exists] / np.abs(theirs)[exists]))}


def _gbstats_agrees() -> bool:
    path = ROOT / "tests" / "reference" / "test_gbstats.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    return done.returncode == 0 and "skipped" not in done.stdout


def section(rows: Sequence[Row]) -> Section:
    """Return one table of agreement."""
    own = [row for row in rows if row["what"] != "gbstats"]
    worst = max(float(row["difference"]) for row in own)
    agrees = all(row["difference"] == 0 for row in rows if row["what"] == "gbstats")
    sentence = (
        f"{len(own)} methods agree with scipy, statsmodels and fifty digits to {worst:.0e} relative on all tables; "
    )
    sentence += "gbstats: 500 of 500 cases." if agrees else "gbstats: **not all cases**."
    lines = [[*COMPARED[str(row["what"])][:2], f"{row['n']:,}", f"{float(row['difference']):.1e}"] for row in own]
    lines.append(
        ["all methods of gbstats but its relative ones", "gbstats", "500 cases", "< 1e-9" if agrees else "more"]
    )
    text = "\n\n".join([METHOD, table(["method", "oracle", "tables", "largest relative difference"], lines), SHORT])
    return Section(sentence, agrees and worst <= CLOSE, text, {"certificate-g.svg": plot_of(own)})


def plot_of(rows: Sequence[Row]) -> str:
    """Return the digits in which each method agrees."""
    digits = [(i, -float(np.log10(max(float(row["difference"]), 1e-16)))) for i, row in enumerate(rows)]
    return Dots(
        title="Digits that agree with another implementation, in the worst of all tables",
        x_label="up: digits that agree in the worst of all tables",
        groups=[str(row["what"]).replace("_", " ") for row in rows],
        series={"digits": digits},
        lines={},
        y_range=(0, 16),
        y_ticks=(0, 4, 8, 12, 16),
        y_format="{:.0f}",
    ).svg()


PART = Part("g", "Agreement with others", "the same numbers to 1e-6 relative", CELLS, measure, section, __name__)
