import json

import numpy as np
import pytest

from analytics.record.sums import sums_as_json, sums_of_json
from semantic.query import Answer
from semantic.units import UnitAnswer

USERS = UnitAnswer(
    ("device", "variant"),
    {"device": ("Mobile",), "variant": ("New", "Old")},
    np.array([[0.1, 3.0]]),
    np.array([[[1 / 3, 2e-300], [7.0, 1e17]]]),
    np.arange(8.0).reshape(1, 2, 2, 2) / 7,
    version=3,
    origin="index",
    n_crossed=2,
    caps={"revenue": 0.1 + 0.2},
)


def there_and_back(answer: Answer | UnitAnswer) -> Answer | UnitAnswer:
    return sums_of_json(json.loads(json.dumps(sums_as_json(answer))))


def test_sums_over_users_come_back_to_the_bit() -> None:
    found = there_and_back(USERS)
    for name in ("n", "totals", "products"):
        assert getattr(found, name).tobytes() == getattr(USERS, name).tobytes()
    assert (found.by, found.members, found.caps, found.n_crossed) == (USERS.by, USERS.members, USERS.caps, 2)


def test_sums_over_sessions_come_back_to_the_bit() -> None:
    answer = Answer(("age",), {"age": ("a", "b")}, {"n": np.array([1 / 3, 2.0])}, 1, "cube", {"age": (18.0,)})
    found = there_and_back(answer)
    assert found["n"].tobytes() == answer["n"].tobytes()
    assert (found.edges, found.members, found.origin) == (answer.edges, answer.members, "cube")


def test_an_answer_without_members_keeps_its_shape() -> None:
    empty = UnitAnswer(("variant",), {"variant": ()}, np.zeros(0), np.zeros((0, 2)), np.zeros((0, 2, 2)), 1, "sql")
    assert there_and_back(empty).n.shape == (0,)


def test_another_thing_is_refused() -> None:
    with pytest.raises(KeyError):
        sums_of_json({"of": "users"})
