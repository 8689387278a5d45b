import re

import lightgbm
import numpy as np

from model.examples import Examples
from model.tree_text import counted_in_sessions, without_parameters
from tests.model.planted import planted


def grown(examples: Examples) -> str:
    data = lightgbm.Dataset(examples.x, examples.y, weight=examples.weight)
    grown = lightgbm.train({"objective": "binary", "max_depth": 2, "verbosity": -1}, data, 3)
    return grown.model_to_string()


def counts(text: str, key: str) -> list[list[int]]:
    return [[int(count) for count in line.split()] for line in re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)]


def test_parameters_are_cut_out_and_the_trees_stay() -> None:
    examples = planted(2_000).arrival
    text = grown(examples)
    found = without_parameters(text)
    assert "num_threads" not in found
    assert lightgbm.Booster(model_str=found).predict(examples.x).tolist() == (
        lightgbm.Booster(model_str=text).predict(examples.x).tolist()
    )


def test_text_without_parameters_stays_as_it_is() -> None:
    text = without_parameters(grown(planted(2_000).arrival))
    assert without_parameters(text) == text


def test_counts_are_of_sessions() -> None:
    cells = planted(5_000).arrival.gathered()
    text = without_parameters(grown(cells))
    found = counted_in_sessions(text, lightgbm.Booster(model_str=text), cells)
    assert [sum(leaves) for leaves in counts(found, "leaf_count")] == [5_000] * 3
    assert [nodes[0] for nodes in counts(found, "internal_count")] == [5_000] * 3


def test_single_sessions_are_counted_as_lightgbm_does() -> None:
    sessions = planted(5_000).arrival
    text = without_parameters(grown(sessions))
    assert counted_in_sessions(text, lightgbm.Booster(model_str=text), sessions) == text


def test_the_sizes_of_trees_are_those_of_their_text() -> None:
    cells = planted(5_000).arrival.gathered()
    cells = Examples(cells.features, cells.x, cells.y, cells.weight * 12345, cells.user)
    text = without_parameters(grown(cells))
    found = counted_in_sessions(text, lightgbm.Booster(model_str=text), cells)
    sizes = re.search(r"^tree_sizes=(.*)$", found, re.MULTILINE)[1].split()
    starts = [match.start() for match in re.finditer(r"^Tree=", found, re.MULTILINE)] + [found.index("end of trees")]
    assert [int(size) for size in sizes] == np.diff(starts).tolist()
