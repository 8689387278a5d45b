"""Part h: how long the numbers take, on the machine that the document was written on."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.finding import compare
from analytics.experiment.plan import Plan
from analytics.experiment.statistic import Moments
from analytics.simulation.engine import simulate
from analytics.simulation.scenario import Scenario
from tests.certificate.draws import Row, generator_of
from tests.certificate.part import Part, Section, table
from tests.certificate.plot import Dots

N_SESSIONS, N_SEGMENTS, N_RATES, N_MEANS = 1_000_000, 50, 2, 18
N_REPEATS, LIMIT = 5, 1.0
METHODS = ("sequential", "fixed", "group_sequential")
WORDS = {
    **{method: f"20 metrics × 50 segments from sums, {method.replace('_', '-')}" for method in METHODS},
    "simulation": "20,000 simulations × 20 looks × 5 rules",
}
CELLS: tuple[Row, ...] = tuple({"what": what} for what in WORDS)
METHOD = f"""A million sessions of 700,000 users in two variants, {N_RATES} rates and {N_MEANS} means and ratios, in
{N_SEGMENTS} segments: from the sums to value, error, both intervals and p-value of each of the 1,000 comparisons, by
`arms_of` and `compare`. The simulator: `simulate` of one experiment of 20 looks, 20,000 times. Processor time of
one core, the quickest of {N_REPEATS} runs; it depends on the machine."""


def moments(rng: np.random.Generator) -> Moments:
    """Return sums of users by metric, segment and variant: conversions or amounts, and sessions."""
    users = rng.dirichlet(np.ones(N_SEGMENTS * 2), N_RATES + N_MEANS).reshape(-1, N_SEGMENTS, 2) * 0.7 * N_SESSIONS
    n = np.rint(users) + 30
    sessions, spread = 1.4 * n, rng.uniform(0.5, 3, n.shape)
    total = sessions * rng.uniform(0.1, 0.14, n.shape)
    return Moments.of(n, [total, sessions], [1.3 * total * spread + total**2 / n, 1.6 * total, 2.6 * n])


def all_comparisons(sums: Moments, method: str) -> None:
    """Compare every metric in every segment."""
    plan = Plan(method, n_planned=2.0 * float(sums.n.max()))  # type: ignore[arg-type]
    rates, means = (Moments(sums.n[part], sums.totals[part], sums.products[part]) for part in _PARTS)
    for arms in (arms_of(rates, rates.totals[..., 1], is_rate=True), arms_of(means, means.totals[..., 1])):
        _check(arms, plan)


_PARTS = (slice(None, N_RATES), slice(N_RATES, None))


def _check(arms: Arm, plan: Plan) -> None:
    found = compare(arms[..., 1], arms[..., 0], plan)
    if found.difference.low.shape != arms.n_units.shape[:-1]:
        raise ValueError("a comparison is missing")


def measure(cell: Row, size: float) -> Row:
    """Return the processor seconds of the quickest of some runs."""
    what, sums = str(cell["what"]), moments(generator_of("h", cell))
    if what == "simulation":
        scenario = Scenario(repetitions=round(20_000 * size), days=20)
        return {"seconds": quickest(lambda: simulate(scenario))}
    return {"seconds": quickest(lambda: all_comparisons(sums, what))}


def quickest(run: Callable[[], object]) -> float:
    """Return the processor time of the quickest of some runs: what others do on the machine counts less."""
    seconds = []
    for _ in range(N_REPEATS):
        began = time.process_time()
        run()
        seconds.append(time.process_time() - began)
    return min(seconds)


def section(rows: Sequence[Row]) -> Section:
    """Return the times."""
    times = {str(row["what"]): float(row["seconds"]) for row in rows}
    sentence = f"1,000 comparisons from sums in {times['sequential']:.3f} s, "
    sentence += f"20,000 simulations × 20 looks in {times['simulation']:.2f} s."
    lines = [[WORDS[what], f"{seconds:.3f} s"] for what, seconds in times.items()]
    text = f"{METHOD}\n\n{table(['what', 'time'], lines)}"
    return Section(sentence, max(times.values()) < LIMIT, text, {"certificate-h.svg": plot_of(times)})


def plot_of(times: dict[str, float]) -> str:
    """Return a dot for each time."""
    return Dots(
        title="Seconds of one core",
        x_label="up: seconds",
        groups=[what.replace("_", "-") for what in times],
        series={"seconds": list(enumerate(times.values()))},
        lines={"1 s": LIMIT},
        y_range=(0, 1.1),
        y_ticks=(0, 0.25, 0.5, 0.75, 1),
        y_format="{:.2f} s",
    ).svg()


PART = Part("h", "Speed", "under 1 s each", CELLS, measure, section, __name__)
