import copy
import json
import tomllib
from pathlib import Path

import pytest

from analytics.analysis import Params
from analytics.record import read_record, recompute, record_of, record_text
from analytics.record import record as module
from config import Config
from semantic.errors import InputError
from semantic.filter import Filter
from semantic.store import Store
from tests.dashboard.sample import sample_config, sample_store

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return sample_config(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def store(config: Config) -> Store:
    return sample_store(config)


@pytest.fixture(scope="module")
def made(store: Store, config: Config) -> dict:
    return record_of(store, config, Filter.from_query("device=Mobile"), Params(method="sequential"))


def test_a_record_says_from_what_it_follows(made: dict) -> None:
    assert (made["filter"], made["parameters"]["method"]) == ("device=Mobile", "sequential")
    assert len(made["data"]["hash"]) == len(made["sha256"]) == 64
    assert {"product", "python", "numpy", "scipy"} == set(made["versions"])
    assert made["cleaning"]["users_in_two_variants"] == "keep"
    assert made["result"]["headline"]


def test_it_is_worked_out_again_to_the_bit(made: dict, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(record_text(made), encoding="utf-8")
    found = recompute(read_record(path), store)
    assert (found.is_sealed, found.is_same, found.differences, found.agrees_with_data) == (True, True, (), True)
    assert found.headline == made["result"]["headline"]


def test_a_changed_sum_is_detected(made: dict, store: Store) -> None:
    changed = copy.deepcopy(made)
    changed["sums"]["effects.units"]["totals"][0][0] += 1.0
    found = recompute(changed, store)
    assert (found.is_sealed, found.is_same, found.agrees_with_data) == (False, False, False)
    assert found.differences[0].startswith("result.n_sessions is ")


def test_a_changed_result_is_detected(made: dict) -> None:
    changed = copy.deepcopy(made)
    changed["result"]["kind"] = "ship"
    found = recompute(changed)
    assert not found.is_sealed
    assert found.differences == (f"result.kind is 'ship' in the record, {made['result']['kind']!r} worked out again",)
    assert found.agrees_with_data is None


def test_a_seal_alone_is_not_enough(made: dict) -> None:
    changed = {key: value for key, value in copy.deepcopy(made).items() if key != "sha256"}
    changed["result"]["n_users"] += 1
    changed["sha256"] = module._seal(changed)
    assert (recompute(changed).is_sealed, recompute(changed).is_same) == (True, False)


def test_other_data_is_told(made: dict, tmp_path: Path) -> None:
    other = sample_store(sample_config(tmp_path))
    changed = copy.deepcopy(made)
    changed["data"]["hash"] = "0" * 64
    assert recompute(changed, other).agrees_with_data is False


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 9}, "must be 1"),
        ({"sums": {"whole": {}}}, "missing or broken"),
        ({"catalog": 3}, "missing or broken"),
    ],
)
def test_what_is_no_record_is_refused_in_a_sentence(made: dict, change: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        recompute({**made, **change})


@pytest.mark.parametrize("text", ["", "[1]", "{"])
def test_a_file_that_holds_none_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(text)
    with pytest.raises(InputError, match="download it from the page again"):
        read_record(path)


def test_the_version_of_the_product_is_that_of_its_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == module.PRODUCT_VERSION


def test_the_text_is_json_that_people_can_read(made: dict) -> None:
    assert json.loads(record_text(made)) == made
