import pytest

from analytics.journey.spec import PathSpec
from semantic.errors import InputError


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"depth": 1}, "paths of 1 events cannot be told; give 2 to 10"),
        ({"depth": 11}, "paths of 11 events"),
        ({"n_nodes": 0}, "give at least 1"),
        ({"direction": "to", "goals": ("purchase",)}, "leave the goals out"),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_remedy(changes, sentence) -> None:
    with pytest.raises(InputError, match=sentence):
        PathSpec(**changes)
