from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from config import Config
from etl.pipeline import load
from etl.progress import Reporter
from model.examples import Examples
from model.reading import read_cells, read_material
from semantic.errors import StoreError
from semantic.store import Store
from tests.model.reading.loaded import loaded

Loaded = tuple[Store, Config]


def test_all_that_is_read_is_of_the_same_sessions(sqlite: Loaded) -> None:
    found = read_material(*sqlite)
    assert found.sample.n_sessions == found.amounts.n_sessions == found.cells.n_sessions == found.facts.n_sessions
    assert np.array_equal(found.sample.user, found.amounts.user)


def test_features_that_do_not_vary_are_left_out_everywhere(sqlite: Loaded) -> None:
    found = read_material(*sqlite)
    assert not {feature.name for feature in found.constant} & {*found.sample.names, *found.cells.names}


def loads_meanwhile(config: Config, sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Load so many sessions, one number after the other, each time that cells are read."""

    def late(store: Store, given: Config) -> Examples:
        if sizes:
            source = config.source.model_copy(update={"sessions": sizes.pop(0)})
            load(replace(config, source=source), Reporter())
        return read_cells(store, given)

    monkeypatch.setattr("model.reading.material.read_cells", late)


def test_what_is_loaded_anew_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, config = loaded(tmp_path)
    loads_meanwhile(config, [400], monkeypatch)
    found = read_material(store, config)
    assert found.sample.n_sessions == found.cells.n_sessions == found.facts.n_sessions == 400


def test_data_that_never_rests_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, config = loaded(tmp_path)
    loads_meanwhile(config, [400, 500, 600], monkeypatch)
    with pytest.raises(StoreError, match="loaded anew 3 times while it was read"):
        read_material(store, config)
