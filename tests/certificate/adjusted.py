"""Part f: what was known before (CUPED), sums cut off at a quantile, and three treatments against one control."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from analytics.experiment.arm import Arm, adjusted_arms_of, arms_of
from analytics.experiment.finding import p_value_of
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.experiment.statistic import Moments
from tests.certificate.draws import Row, generator_of
from tests.certificate.part import Part, Section, column, percent, table
from tests.certificate.plot import Dots

N_TESTS, N_AT_ONCE = 20_000, 500
LEVEL, MARGIN = 0.05, 0.005
CUT_AT = 0.99
_MEAN = 30.0
_RATES = (0.02, 0.12)
TREATMENTS = 3
_BUYERS = (0.05, 0.2)
_GRIDS: dict[str, tuple[tuple[float, ...], tuple[int, ...]]] = {
    "cuped": ((0.0, 0.5, 0.8, 0.95), (200, 1_000)),
    "revenue": (_BUYERS, (500, 2_000)),
    "cut": (_BUYERS, (500, 2_000)),
    "treatments": (_RATES, (1_000, 5_000)),
    "looks": (_RATES, (1_000, 5_000)),
}
CELLS: tuple[Row, ...] = tuple(
    {"what": what, "share": share, "users": users} for what, grid in _GRIDS.items() for share, users in product(*grid)
)
"""The share is that of the variance which the time before explains, of users who buy, or the conversion rate."""
WORDS = {
    "cuped": ("CUPED: skewed amounts", "explained"),
    "revenue": ("revenue per user, as it is", "users who buy"),
    "cut": ("revenue per user, cut off at the 99 % quantile of all", "users who buy"),
    "treatments": ("any of 3 treatments, one look", "rate"),
    "looks": ("any of 3 treatments, any of 20 looks, sequence", "rate"),
}
METHOD = f"""{N_TESTS:,} tests a cell (standard error 0.15) in which nothing differs. *CUPED*: amounts of users like
those of an exponential distribution, before and after, so correlated that the time before explains the share named of
their variance; `adjusted_arms_of`. *Gain*: mean variance of the difference without the adjustment by that with it; at
best 1 / (1 − share). *Revenue*: few users buy, amounts are log-normal; *cut off*: sums above the 99 % quantile of
buyers of both variants together count as that quantile, as the product's capped outcomes do; here the gain is that of
the cut. *Three treatments*: any of them is called, corrected for three comparisons (Bonferroni)."""
SHORT = """Welch's test of very skewed revenue of few buyers is rather below 5 % than above, since both variants are
as skewed. The cut changes what is estimated, so both figures are shown wherever one is. Bonferroni ignores that
treatments share a control: 4.3 to 4.7 % and not 5."""


def measure(cell: Row, size: float) -> Row:
    """Return the share of a cell's tests that are called, and what variance is gained."""
    rng, n_tests = generator_of("f", cell), round(N_TESTS * size)
    if cell["what"] in ("treatments", "looks"):
        return {"n_tests": n_tests, "called": any_treatment(cell, n_tests, rng), "gain": 1.0}
    drawn = {"cuped": cuped, "revenue": revenue, "cut": cut}[str(cell["what"])]
    shares, gains = zip(*(drawn(cell, step, rng) for step in _steps(n_tests)), strict=True)
    return {"n_tests": n_tests, "called": float(np.mean(shares)), "gain": float(np.mean(gains))}


def cuped(cell: Row, n_tests: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the same with a column of the time before."""
    shape, explained = (n_tests, 2, int(cell["users"])), float(cell["share"])
    before = rng.exponential(1, shape)
    after = np.sqrt(explained) * before + np.sqrt(1 - explained) * rng.exponential(1, shape)
    pairs = ((after, after), (after, before), (before, before))
    products = [(one * two).sum(axis=-1) for one, two in pairs]
    n = np.full((n_tests, 2), float(shape[-1]))
    moments = Moments.of(n, [after.sum(axis=-1), before.sum(axis=-1)], products)
    plain, adjusted = arms_of(moments.leading(1), n), adjusted_arms_of(moments, n)
    return called(adjusted), variance_of(plain) / variance_of(adjusted)


def revenue(cell: Row, n_tests: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the same of what users spend."""
    return called(amount_of(spent(cell, n_tests, rng))), 1.0


def cut(cell: Row, n_tests: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the same with large sums cut off at a quantile of both variants together."""
    whole = spent(cell, n_tests, rng)
    buyers = np.where(whole > 0, whole, np.nan).reshape(n_tests, -1)
    limit = np.nanquantile(buyers, CUT_AT, axis=-1)
    kept = amount_of(np.minimum(whole, limit[:, None, None]))
    return called(kept), variance_of(amount_of(whole)) / variance_of(kept)


def spent(cell: Row, n_tests: int, rng: np.random.Generator) -> Floats:
    """Return what each user spends, shape (tests, variants, users)."""
    shape = (n_tests, 2, int(cell["users"]))
    return np.where(rng.random(shape) < float(cell["share"]), _MEAN * rng.lognormal(0, 1, shape), 0.0)


def amount_of(values: Floats) -> Arm:
    """Return the arms of one value a user."""
    n = np.full(values.shape[:-1], float(values.shape[-1]))
    return arms_of(Moments.of(n, [values.sum(axis=-1)], [(values**2).sum(axis=-1)]), n)


def called(arms: Arm) -> float:
    """Return the share of tests with a p-value of less than 5 %."""
    return float((p_value_of(arms[..., 1], arms[..., 0], Plan("fixed")) < LEVEL).mean())


def variance_of(arms: Arm) -> float:
    """Return the mean variance of an arm's value."""
    return float(arms.point.variance.mean())


def any_treatment(cell: Row, n_tests: int, rng: np.random.Generator) -> float:
    """Return the share of tests in which any of three treatments is called, at the end or at any look."""
    looks = 20 if cell["what"] == "looks" else 1
    users, rate = int(cell["users"]) / looks, float(cell["share"])
    shape = (n_tests, 1 + TREATMENTS, looks)
    converted, others = (rng.poisson(users * chance, shape).cumsum(axis=-1) for chance in (rate, 1 - rate))
    counts = [np.moveaxis(each, 1, -1).astype(float) for each in (converted, converted + others)]
    arms = arms_of(Moments.of(counts[1], counts[:1], counts[:1]), counts[1], is_rate=True)
    method = "sequential" if looks > 1 else "fixed"
    plan = Plan(method, n_planned=2.0 * int(cell["users"]), n_comparisons=TREATMENTS)  # type: ignore[arg-type]
    p_values = [p_value_of(arms[..., place], arms[..., 0], plan) for place in range(1, 1 + TREATMENTS)]
    return float((np.min(p_values, axis=0) < LEVEL).any(axis=-1).mean())


def _steps(n: int) -> list[int]:
    return [min(N_AT_ONCE, n - start) for start in range(0, n, N_AT_ONCE)]


def is_within(row: Row) -> bool:
    """Return whether a share is as promised: CUPED 5 ± 0.5 %, the others at most that; two errors allowed."""
    error = 2 * np.sqrt(LEVEL * (1 - LEVEL) / int(row["n_tests"]))
    deviation = float(row["called"]) - LEVEL
    return bool(deviation <= MARGIN + error and (row["what"] != "cuped" or deviation >= -MARGIN - error))


def section(rows: Sequence[Row]) -> Section:
    """Return false positives and gains."""
    before = [row for row in rows if row["what"] == "cuped"]
    others = [row for row in rows if row["what"] != "cuped"]
    best = before[-1]
    low, high = (percent(end, 2) for end in (column(before, "called").min(), column(before, "called").max()))
    sentence = f"CUPED errs in {low} to {high} and divides the variance by {float(best['gain']):.1f} "
    sentence += f"where the time before explains {percent(float(best['share']), 0)}; "
    sentence += f"the others err in at most {percent(column(others, 'called').max(), 2)}."
    lines = [_line(row) for row in rows]
    head = ["what", "of it", "users a variant", "false positives", "gain", "gain at best"]
    text = "\n\n".join([METHOD, table(head, lines), SHORT])
    return Section(sentence, all(map(is_within, rows)), text, {"certificate-f.svg": plot_of(rows)})


def _line(row: Row) -> list[str]:
    what, of_it = WORDS[str(row["what"])]
    is_cuped = row["what"] == "cuped"
    gain = f"{float(row['gain']):.2f}" if row["what"] in ("cuped", "cut") else "–"
    best = f"{1 / (1 - float(row['share'])):.2f}" if is_cuped else "–"
    return [what, f"{of_it} {float(row['share']):g}", f"{row['users']:,}", percent(float(row["called"]), 2), gain, best]


def plot_of(rows: Sequence[Row]) -> str:
    """Return a dot for each cell, by kind."""
    kinds = list(WORDS)
    return Dots(
        title="False positives of adjusted, cut-off and several comparisons",
        x_label="each dot a cell of 20,000 tests in which nothing differs",
        groups=["CUPED", "revenue", "revenue, cut off", "3 treatments", "3 treatments, 20 looks"],
        series={"called": [(kinds.index(str(row["what"])), float(row["called"])) for row in rows]},
        lines={"5 %": LEVEL},
        y_range=(0, 0.06),
        y_ticks=(0, 0.02, 0.04, 0.06),
    ).svg()


_TITLE = "Adjusted, cut off, several treatments"
PART = Part("f", _TITLE, "CUPED 5 ± 0.5 %, any other at most that", CELLS, measure, section, __name__)
