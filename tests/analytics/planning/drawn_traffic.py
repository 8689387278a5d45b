"""Answers of a site whose users return: eight weeks of it, drawn."""

from dataclasses import replace
from typing import Any

import numpy as np

from analytics.analysis import Params, Request
from analytics.planning.traffic import NEW_USERS, NOW, Traffic, run_queries, traffic_of
from analytics.power import POWER
from semantic.catalog import Catalog
from semantic.experiment import Experiment
from semantic.filter import Filter
from semantic.units import UnitAnswer
from tests.analytics.answers import catalog_of
from tests.analytics.drawn_units import answer_of_users

CATALOG = catalog_of("user_id", "revenue", "started_at", "device")
VARIANTS = ("New", "Old")
DAYS = tuple(str(np.datetime64("2026-03-01") + day) for day in range(56))
LENGTHS = (7, 14, 21, 28, 42, 56)


def planned(**plan: Any) -> Catalog:
    return replace(CATALOG, experiment=Experiment(**plan))


def request_of(where: str = "", **params: Any) -> Request:
    return Request(POWER, Filter.from_query(where), Params(**params))


def users_by(days: int) -> int:
    """Return different users within so many days: fewer new ones each day."""
    return round(2_000 * (days / 7) ** 0.8)


def answers_of(request: Request, catalog: Catalog = CATALOG, lift: float = 1.0) -> dict[str, UnitAnswer]:
    """Return the sums that the planner asks for."""
    columns = run_queries(request, catalog)[NOW].columns

    def drawn(days: int) -> UnitAnswer:
        half = users_by(days) // 2
        return answer_of_users(columns, VARIANTS, (half, half), 1, (lift, 1))

    windows = {f"window_{days}": drawn(days) for days in LENGTHS}
    return {NOW: drawn(56), NEW_USERS: new_users(), **windows}


def traffic_for(request: Request) -> Traffic:
    found = traffic_of(answers_of(request), request, CATALOG)
    assert found is not None
    return found


def new_users() -> UnitAnswer:
    """Return new users a day, half of them with each variant."""
    counts = np.diff([users_by(day) if day else 0 for day in range(57)]) / 2
    n = np.stack([counts, counts], axis=1)
    empty = np.zeros((*n.shape, 1))
    members = {"first_day": DAYS, "variant": VARIANTS}
    return UnitAnswer(("first_day", "variant"), members, n, empty, empty[..., None], version=1, origin="sql")
