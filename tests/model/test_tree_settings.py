import pytest

from model.tree_settings import TreeSettings
from semantic.errors import InputError


def test_settings_come_back_from_their_text() -> None:
    settings = TreeSettings(trees=7, learning_rate=0.03, l2=2.5)
    assert TreeSettings.from_text(settings.as_text()) == settings


def test_settings_that_are_not_named_keep_their_usual_value() -> None:
    assert TreeSettings.from_text({"depth": "5"}) == TreeSettings(depth=5)


def test_an_unknown_setting_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown setting 'dept'; did you mean 'depth'"):
        TreeSettings.from_text({"dept": "5"})


def test_a_setting_that_is_no_number_is_told() -> None:
    with pytest.raises(InputError, match="deep"):
        TreeSettings.from_text({"depth": "deep"})


def test_leaves_are_bounded_by_sessions_not_by_rows() -> None:
    found = TreeSettings(min_sessions_in_leaf=200).parameters(base_rate=0.1, seed=3)
    assert found["min_sum_hessian_in_leaf"] == pytest.approx(18)
    assert (found["min_data_in_leaf"], found["seed"]) == (0, 3)
