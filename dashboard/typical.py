"""typical_members: what most sessions are, dimension by dimension."""

from collections.abc import Mapping

import numpy as np

from semantic.catalog import MISSING, N_SESSIONS
from semantic.query import Query
from semantic.store import Store


def typical_members(store: Store) -> Mapping[str, str]:
    """Return the most frequent member of each dimension; without those whose sessions all miss it.

    Parameters
    ----------
    store : Store
        Where sessions are counted.
    """
    names = [d.name for d in store.catalog.dimensions if d.kind != "time" and not d.is_binned]
    answers = store.answers([Query((N_SESSIONS,), (name,)) for name in names])
    found = {}
    for name, answer in zip(names, answers, strict=True):
        members = answer.members[name]
        counts = np.array(
            [n if member != MISSING else 0 for member, n in zip(members, answer[N_SESSIONS], strict=True)]
        )
        if counts.any():
            found[name] = members[int(counts.argmax())]
    return found
