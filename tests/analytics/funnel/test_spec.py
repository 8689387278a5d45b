import pytest

from analytics.funnel.spec import FunnelSpec, Step
from semantic.errors import InputError

A, B = Step(("a",)), Step(("b",))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"steps": ()}, "0 steps cannot be counted; give 1 to 20"),
        ({"steps": (A,) * 21}, "21 steps cannot be counted"),
        ({"steps": (Step(("a",), is_optional=True), B)}, "first step of a funnel cannot be optional"),
        ({"steps": (A, Step(()))}, "step 2 names no event"),
        ({"steps": (A, Step(("b",), times=0))}, "step 2 is repeated 0 times"),
        ({"window_ms": -1}, "ends before it begins"),
        ({"order": "any", "steps": (A, A)}, "share an event"),
        ({"order": "any", "steps": (A, Step(("b",), excluded=("a",)))}, "share an event"),
        ({"order": "any", "steps": (A, Step(("b",), is_optional=True))}, "cannot be optional"),
        ({"order": "any", "window_ms": 5, "window_from": "step"}, "count the window from the start"),
        ({"order": "any", "counted": "totals"}, "count users or sessions"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_remedy(changes, sentence) -> None:
    with pytest.raises(InputError, match=sentence):
        FunnelSpec(**{"steps": (A, B), **changes})


def test_twenty_steps_are_a_funnel() -> None:
    assert len(FunnelSpec((A,) * 20).required) == 20


def test_required_steps_are_those_that_are_not_optional() -> None:
    assert FunnelSpec((A, Step(("x",), is_optional=True), B)).required == (0, 2)
