"""Addresses are drawn from what the page offers, and random ones leave the server's memory bounded."""

from urllib.parse import urlsplit

import pytest

from tests.benchmarks.memory import WEIGHTS, Caller, samples

LIMIT_MB, OWN_LIMIT_MB = 480, 300
SHOWN = {
    "choices": {
        "device": {"members": ["Mobile", "a b"], "edges": []},
        "age": {"members": ["18-25"], "edges": [18, 26]},
    },
    "views": {"segments": {"chosen": {"segments-depth": "2"}}, "heatmap": {"chosen": {"heatmap-rows": "device"}}},
}


def test_addresses_are_of_all_kinds_and_the_same_for_equal_seeds() -> None:
    drawn = [Caller(SHOWN, seed=1).draw() for _ in range(2)]
    caller = Caller(SHOWN)
    kinds = {urlsplit(caller.draw()).path.partition(".")[0] for _ in range(2_000)}
    assert drawn[0] == drawn[1]
    assert kinds == {*WEIGHTS, "/cards/heatmap", "/cards/segments"} - {"/cards", "/api/v1/sessions.csv"}


def test_what_is_chosen_is_offered() -> None:
    drawn = [Caller(SHOWN, seed).draw() for seed in range(2_000)]
    found = {part for address in drawn for part in urlsplit(address).query.split("&") if "-" in part.partition("=")[0]}
    assert found == {"segments-depth=2", "segments-depth=3", "heatmap-rows=device", "heatmap-rows=age"}


@pytest.mark.slow
def test_random_requests_leave_the_server_well_below_its_limit() -> None:
    found = samples(600, 200_000)
    assert max(one.server_mb for one in found) < LIMIT_MB
    assert max(one.own_mb for one in found) < OWN_LIMIT_MB
