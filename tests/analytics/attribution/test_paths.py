import numpy as np
import pytest
from hypothesis import given

from analytics.attribution import paths as module
from analytics.attribution.paths import Paths, codes_of, paths_of
from semantic.errors import ProductError
from tests.analytics.attribution.drawn_paths import drawn_paths, lists_of, random_paths, table


@given(drawn_paths())
def test_equal_paths_become_one_and_nothing_is_lost(paths: Paths) -> None:
    different = paths.aggregated()
    assert sorted(lists_of(different)) == sorted(set(lists_of(paths)))
    for name in ("counts", "conversions", "value"):
        assert getattr(different, name).sum() == pytest.approx(getattr(paths, name).sum())


@given(drawn_paths())
def test_each_path_knows_the_one_it_became(paths: Paths) -> None:
    different, group = paths.grouped()
    found = lists_of(different)
    assert [found[place] for place in group] == lists_of(paths)


def test_paths_that_share_a_number_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = module._number_of
    blind = [lambda paths, multiplier: np.zeros(len(paths.counts), dtype=np.uint64), honest]
    monkeypatch.setattr(module, "_number_of", lambda paths, multiplier: blind.pop(0)(paths, multiplier))
    assert len(paths_of([[0, 1], [1, 0], [0, 1]], [1, 1, 1]).aggregated().counts) == 2


def test_the_lookback_window_drops_older_touches_and_keeps_the_journey() -> None:
    paths = paths_of([[0, 1, 2], [1]], [1, 1], ages=[[9, 3, 1], [8]]).within(3)
    assert lists_of(paths) == [(1, 2), ()]
    assert paths.conversions.sum() == 2


def test_some_paths_are_chosen_with_their_touches() -> None:
    paths = paths_of([[0, 1], [2], [1, 1]], [1, 0, 2], ages=[[2, 1], [0], [4, 3]])
    kept = paths.chosen(np.array([True, False, True]))
    assert lists_of(kept) == [(0, 1), (1, 1)]
    assert (kept.conversions.tolist(), kept.ages.tolist()) == ([1, 2], [2, 1, 4, 3])


def test_texts_become_codes_in_the_order_of_names() -> None:
    assert codes_of(["search > mail > search", "", "ads>mail"]) == (
        [[2, 1, 2], [], [0, 1]],
        ("ads", "mail", "search"),
    )


def test_weights_can_be_changed() -> None:
    paths = table({"a > b": (2, 3), "b": (0, 4)})
    changed = paths.weighted(np.array([1.0, 0.0]), np.array([1.0, 0.0]), np.array([5.0, 0.0]))
    assert (changed.counts.sum(), changed.value.sum(), lists_of(changed)) == (1, 5, lists_of(paths))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"counts": [1.0]}, "do not fit together"),
        ({"conversions": [2.0, 0.0]}, "more often than it was taken"),
        ({"conversions": [-1.0, 0.0]}, "less than never"),
        ({"value": [-3.0, 0.0]}, "a value below 0"),
        ({"value": [1.0, 7.0]}, "without a conversion"),
        ({"n_channels": 1}, "outside 0 to 0"),
        ({"ages": [1.0]}, "incomplete or below 0"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(change: dict, said: str) -> None:
    good = {"counts": [1.0, 1.0], "conversions": [1.0, 0.0], "value": [1.0, 0.0], "n_channels": 2, "ages": None}
    given_ = {k: np.array(v) if isinstance(v, list) else v for k, v in (good | change).items()}
    with pytest.raises(ProductError, match=said):
        Paths(np.array([0, 1, 1]), np.array([0, 2, 3]), **given_)  # type: ignore[arg-type]


def test_a_window_needs_times_and_a_length() -> None:
    with pytest.raises(ProductError, match="carry no times"):
        table({"a": (1, 0)}).within(7)
    with pytest.raises(ProductError, match="must be above 0"):
        random_paths(3, 2, 1).within(0)
