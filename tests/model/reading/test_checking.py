import numpy as np
import pytest

from model.errors import ModelError
from model.examples import Examples, Feature
from model.reading.checking import check_known, check_learnable, constants_sentence, varying

AGE, DEVICE = Feature("age", "Age", "number"), Feature("device", "Device", "category", ("a", "b"))


def examples(n: int, n_converted: int, *, is_constant: bool = False) -> Examples:
    x = np.column_stack([np.full(n, 30.0), np.zeros(n) if is_constant else np.arange(n) % 2])
    return Examples((AGE, DEVICE), x, (np.arange(n) < n_converted).astype(float), np.ones(n), np.arange(n))


@pytest.mark.parametrize(
    ("n", "n_converted", "sentence"),
    [
        (0, 0, "there are no sessions to learn from, at least 200"),
        (20, 5, "20 sessions are too few to learn from; at least 200 with 20 of each outcome are needed"),
        (300, 0, "all 300 sessions did not convert"),
        (300, 300, "all 300 sessions converted"),
        (300, 19, "19 of 300 sessions converted, which is too few of one outcome"),
    ],
)
def test_what_cannot_be_learned_from_is_one_sentence(n: int, n_converted: int, sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        check_learnable(examples(n, n_converted))


def test_sessions_that_are_all_alike_are_refused() -> None:
    with pytest.raises(ModelError, match=r"nothing varies between sessions \(known: Age, Device\)"):
        check_learnable(examples(300, 50, is_constant=True))


@pytest.mark.parametrize(
    ("outcome", "words"), [(1, "19 users have a session that converted"), (0, "19 users have one")]
)
def test_sessions_of_few_users_are_refused_however_many_they_are(outcome: int, words: str) -> None:
    found = examples(600, 300)
    is_part = found.y == outcome
    found.user[is_part] = np.arange(is_part.sum()) % 19
    with pytest.raises(ModelError, match=words):
        check_learnable(found)
    found.user[is_part] = np.arange(is_part.sum()) % 20
    check_learnable(found)


@pytest.mark.parametrize("value", [1e308, -1e31])
def test_a_number_beyond_what_learners_take_is_named_with_its_remedy(value: float) -> None:
    found = examples(300, 50)
    found.x[7, 0] = value
    with pytest.raises(ModelError, match=r"Age holds .* size 1e\+3.*give the field age a minimum and a maximum"):
        check_learnable(found)


def test_a_constant_column_is_left_out_and_named() -> None:
    check_learnable(examples(200, 20))
    kept, constant = varying(examples(200, 20))
    assert kept.names == ("device",)
    assert constants_sentence(constant) == "Age has one value in all sessions, so no model learns from it."
    assert constants_sentence(()) == ""


def test_a_column_that_is_always_missing_is_constant() -> None:
    found = examples(10, 5)
    found.x[:, 0] = np.nan
    assert varying(found)[1] == (AGE,)
    found.x[0, 0] = 1
    assert varying(found)[1] == ()


def test_a_task_without_features_is_named() -> None:
    found = examples(200, 20)
    check_known(found, "Before the session")
    with pytest.raises(ModelError, match="Before the session: nothing that is known varies"):
        check_known(found.without(*found.names), "Before the session")
