"""Strategies: small logs with many ties, and funnels of every sort."""

from hypothesis import strategies as st

from analytics.funnel.spec import FunnelSpec, Step
from tests.analytics.funnel.slow import log_of

NAMES = st.sampled_from("aabbcx")
EVENTS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 9), NAMES), max_size=12).map(sorted)
LOGS = EVENTS.map(lambda events: log_of([(unit, time, name) for unit, time, name in events]))
WINDOWS = st.none() | st.integers(0, 6)


@st.composite
def ordered_funnels(draw, orders=("ordered", "strict"), counted="users", may_skip=True):
    """Return a funnel in order; with options, where steps may be skipped."""
    steps = [
        Step(
            tuple(draw(st.sets(st.sampled_from("abc"), min_size=1, max_size=2))),
            draw(st.sampled_from([1, 1, 1, 2])),
            may_skip and place > 0 and draw(st.booleans()),
            tuple(draw(st.sets(st.sampled_from("cx"), max_size=1))),
        )
        for place in range(draw(st.integers(1, 4)))
    ]
    since = draw(st.sampled_from(["start", "step"]))
    return FunnelSpec(tuple(steps), draw(st.sampled_from(orders)), draw(WINDOWS), since, counted)


@st.composite
def funnels_in_any_order(draw):
    """Return a funnel in any order."""
    names = draw(st.permutations("abc"))[: draw(st.integers(1, 3))]
    excluded = ("x",) if draw(st.booleans()) else ()
    steps = [Step((name,), draw(st.sampled_from([1, 1, 2])), excluded=excluded) for name in names]
    return FunnelSpec(tuple(steps), "any", draw(WINDOWS))
