"""Credit of 300 journeys against marketing-attribution-models 2.1.1, the second oracle.

Left out on purpose: its Markov credit, which shares each journey out among its own channels once more; its transitions
and removal effects are those that all others have. Its Shapley keeps four channels of a set unless told; here all.
"""

import json
from typing import Any

import numpy as np
import pytest

from analytics.attribution.chain import chain_of, transitions_of
from analytics.attribution.markov import removal_of
from analytics.attribution.method import Setting, credits_of, method_named
from analytics.attribution.paths import Paths, codes_of, paths_of
from tests.reference.mam_environment import ANSWERS, CHANNELS, journeys

NAMES = ("first", "last", "linear", "position", "time_decay", "shapley", "shapley_ordered")
SETTING = Setting(half_life=168.0)


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return json.loads(ANSWERS.read_text())


@pytest.fixture(scope="module")
def paths(answers: dict[str, Any]) -> Paths:
    codes, names = codes_of([" > ".join(path) for path in answers["paths"]])
    assert names == tuple(CHANNELS)
    return paths_of(codes, answers["converted"], answers["value"], ages=answers["ages"])


def in_order(found: dict[str, float]) -> np.ndarray:
    return np.array([found[name] for name in CHANNELS])


def test_the_answers_are_of_the_journeys_that_are_drawn(answers: dict[str, Any]) -> None:
    drawn = journeys()
    assert {name: answers[name] for name in drawn} == drawn


@pytest.mark.parametrize("name", NAMES)
def test_credit_is_that_of_the_package(name: str, answers: dict[str, Any], paths: Paths) -> None:
    (credit,) = credits_of(paths, (method_named(name),), SETTING)
    assert np.abs(credit.conversions - in_order(answers["answers"]["converted"][name])).max() < 1e-9
    assert np.abs(credit.value - in_order(answers["answers"]["value"][name])).max() < 1e-9


def test_transitions_and_removal_effects_are_those_of_the_package(answers: dict[str, Any], paths: Paths) -> None:
    theirs = answers["answers"]["converted"]
    chain = chain_of(paths)
    moves = transitions_of(chain, paths)
    matrix = np.column_stack((moves.moves.toarray(), moves.ends, moves.converts))
    assert np.abs(matrix - np.array(theirs["transitions"])[:-2]).max() < 1e-12
    assert np.abs(removal_of(chain, moves).conversions - in_order(theirs["removal"])).max() < 1e-12
