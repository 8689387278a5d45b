import pytest

from analytics.variants import control_first, control_of
from tests.analytics.answers import catalog_of


@pytest.mark.parametrize(
    ("members", "control", "order"),
    [
        (("Old", "New"), "Old", [0, 1]),
        (("New", "Old", "Best"), "Old", [1, 0, 2]),
        (("New", "Old"), "", [0, 1]),
        (("A", "B"), "Gone", [0, 1]),
        ((), "Old", []),
    ],
)
def test_control_comes_first_and_the_rest_keep_their_order(
    members: tuple[str, ...], control: str, order: list[int]
) -> None:
    assert control_first(members, catalog_of(control=control)) == order


@pytest.mark.parametrize("members", [("A", "B"), ("B", "A")])
def test_without_a_configured_control_it_is_the_first_by_name(members: tuple[str, ...]) -> None:
    assert control_of(members, catalog_of(control="")) == "A"
