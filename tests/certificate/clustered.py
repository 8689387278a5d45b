"""Part d: one planned look where users have several sessions that resemble each other."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from analytics.experiment.arm import arms_of
from analytics.experiment.effect import pooled_difference
from analytics.experiment.finding import p_value_of
from analytics.experiment.plan import Plan
from analytics.experiment.statistic import Moments, Proportion
from tests.certificate.draws import Row, generator_of
from tests.certificate.part import Part, Section, column, percent, table
from tests.certificate.plot import Dots
from tests.certificate.visitors import SESSIONS, Visitors

N_TESTS, N_MEANS, USERS = 40_000, 10_000, 500
LEVEL, MARGIN = 0.05, 0.005
CORRELATIONS = (0.0, 0.05, 0.1, 0.3)
RATES = (0.05, 0.12, 0.3)
CELLS: tuple[Row, ...] = tuple(
    {"rate": rate, "sessions": sessions, "correlation": correlation}
    for rate, sessions, correlation in product((*RATES, 0), SESSIONS, CORRELATIONS)
)
"""Rate 0 stands for an amount per session."""
METHOD = f"""Two variants of {USERS} users, who do not differ; each user has 1, 3 or 10 sessions, or 1 to 10. Sessions
of one user are correlated (beta-binomial conversions; amounts per session skewed like an exponential distribution).
{N_TESTS:,} tests a cell (standard error 0.11), {N_MEANS:,} of amounts (0.22). What decides is the product's `arms_of`
and the p-value of `compare` under a plan with one look: rates by the score test of counts divided by the design
effect (Rao and Scott), amounts by Welch's test of the delta method's ratio. Beside it: the z test that takes sessions
as independent."""
SHORT = """A cell is called kept if its share lies within 5 ± 0.5 %, two standard errors allowed. Below about twelve
expected conversions the exact test makes rates rarer than 5 %, never more frequent."""


def measure(cell: Row, size: float) -> Row:
    """Return how many tests of a cell are called, by users and as if sessions were independent."""
    visitors, rng = Visitors(str(cell["sessions"]), float(cell["correlation"])), generator_of("d", cell)
    if cell["rate"]:
        n_tests = round(N_TESTS * size)
        moments = visitors.rates(float(cell["rate"]), USERS, n_tests, rng)
        return {"n_tests": n_tests, "called": called(moments, is_rate=True), "by_session": by_session(moments)}
    n_tests = round(N_MEANS * size)
    steps = [visitors.means(USERS, step, rng) for step in _steps(n_tests)]
    return {"n_tests": n_tests, "called": sum(called(each, is_rate=False) * len(each.n) for each in steps) / n_tests}


def called(moments: Moments, *, is_rate: bool) -> float:
    """Return the share of tests with a p-value of less than 5 %."""
    arms = arms_of(moments, moments.totals[..., 1], is_rate=is_rate)
    return float((p_value_of(arms[..., 1], arms[..., 0], Plan("fixed")) < LEVEL).mean())


def by_session(moments: Moments) -> float:
    """Return the same of the pooled z test over sessions."""
    counts = Proportion(moments.totals[..., 0], moments.totals[..., 1])
    one, two = (Proportion(counts.n_converted[..., place], counts.n[..., place]) for place in (1, 0))
    return float((pooled_difference(one.point, two.point).p_value() < LEVEL).mean())


def _steps(n: int, step: int = 1_000) -> list[int]:
    return [min(step, n - start) for start in range(0, n, step)]


def is_within(row: Row) -> bool:
    """Return whether a share is 5 ± 0.5 %, two standard errors allowed."""
    allowed = MARGIN + 2 * np.sqrt(LEVEL * (1 - LEVEL) / int(row["n_tests"]))
    return bool(abs(float(row["called"]) - LEVEL) <= allowed)


def section(rows: Sequence[Row]) -> Section:
    """Return the shares by correlation and sessions."""
    values, kept = column(rows, "called"), [is_within(row) for row in rows]
    rates = [row for row in rows if row["rate"]]
    sentence = (
        f"False positives are {percent(values.min(), 2)} to {percent(values.max(), 2)} in all {len(rows)} cells; "
    )
    sentence += f"with sessions taken as independent up to {percent(column(rates, 'by_session').max())}."
    head = ["sessions a user", "correlation", *(f"rate {rate:g}" for rate in RATES), "amount", "by session, at most"]
    lines = [_line(rows, sessions, correlation) for sessions, correlation in product(SESSIONS, CORRELATIONS)]
    text = "\n\n".join([METHOD, table(head, lines), SHORT])
    return Section(sentence, all(kept), text, {"certificate-d.svg": plot_of(rows)})


def _line(rows: Sequence[Row], sessions: str, correlation: float) -> list[str]:
    chosen = [row for row in rows if row["sessions"] == sessions and row["correlation"] == correlation]
    wrong = max(float(row.get("by_session", 0)) for row in chosen)
    return [sessions, f"{correlation:g}", *(percent(float(row["called"]), 2) for row in chosen), percent(wrong)]


def plot_of(rows: Sequence[Row]) -> str:
    """Return a dot for each cell, by correlation."""
    by_user = [(CORRELATIONS.index(row["correlation"]), float(row["called"])) for row in rows]
    wrong = [(CORRELATIONS.index(row["correlation"]), float(row["by_session"])) for row in rows if row["rate"]]
    return Dots(
        title="False positives where users have several sessions, by correlation of a user's sessions",
        x_label="correlation of two sessions of one user; each dot a cell",
        groups=[f"{correlation:g}" for correlation in CORRELATIONS],
        series={"by users": by_user, "sessions taken as independent": wrong},
        lines={"5 %": LEVEL},
        y_range=(0, 0.4),
        y_ticks=(0, 0.1, 0.2, 0.3, 0.4),
    ).svg()


PART = Part("d", "Users with several sessions", "5 ± 0.5 % in every cell", CELLS, measure, section, __name__)
