"""Strategies: path specs of every sort."""

from hypothesis import strategies as st

from analytics.journey.spec import PathSpec


@st.composite
def path_specs(draw):
    """Return which paths are told."""
    direction = draw(st.sampled_from(["from", "to"]))
    goals = tuple(draw(st.sets(st.sampled_from("bc"), max_size=2))) if direction == "from" else ()
    anchor = draw(st.sampled_from([None, "a", "b"]))
    sizes = draw(st.integers(2, 10)), goals, draw(st.integers(1, 4))
    return PathSpec(anchor, direction, *sizes, draw(st.booleans()), draw(st.booleans()))
