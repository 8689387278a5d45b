"""Sums that a record holds: answers as plain lists, and back without losing a bit."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from semantic.query import Answer
from semantic.units import UnitAnswer

_ARRAYS = ("n", "totals", "products")


def sums_as_json(answer: Answer | UnitAnswer) -> dict[str, Any]:
    """Return an answer as plain data; each number has as many digits as it takes to be the same again.

    Parameters
    ----------
    answer : Answer or UnitAnswer
        Sums over sessions, or over users.
    """
    made: dict[str, Any] = {
        "of": "users" if isinstance(answer, UnitAnswer) else "sessions",
        "by": list(answer.by),
        "members": {name: list(members) for name, members in answer.members.items()},
        "version": answer.version,
        "origin": answer.origin,
    }
    if isinstance(answer, UnitAnswer):
        arrays = {name: getattr(answer, name).tolist() for name in _ARRAYS}
        return made | arrays | {"n_crossed": answer.n_crossed, "caps": dict(answer.caps)}
    sums = {name: np.asarray(values).tolist() for name, values in answer.sums.items()}
    return made | {"sums": sums, "edges": {name: list(cuts) for name, cuts in answer.edges.items()}}


def sums_of_json(made: Mapping[str, Any]) -> Answer | UnitAnswer:
    """Return the answer that `sums_as_json` wrote; raises KeyError or ValueError where it is another thing."""
    by, members = tuple(made["by"]), {name: tuple(found) for name, found in made["members"].items()}
    if made["of"] == "sessions":
        sums = {name: np.array(values, dtype=np.float64) for name, values in made["sums"].items()}
        edges = {name: tuple(cuts) for name, cuts in made["edges"].items()}
        return Answer(by, members, sums, made["version"], made["origin"], edges)
    shape = tuple(len(members[axis]) for axis in by)
    n, totals, products = (np.array(made[name], dtype=np.float64) for name in _ARRAYS)
    k = totals.size // max(n.size, 1)
    arrays = (n.reshape(shape), totals.reshape(*shape, k), products.reshape(*shape, k, k))
    return UnitAnswer(by, members, *arrays, made["version"], made["origin"], made["n_crossed"], made["caps"])
