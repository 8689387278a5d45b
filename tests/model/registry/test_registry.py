import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from config import Config
from model.errors import ModelError
from model.registry import Registry
from model.registry.registry import KEPT, config_hash
from model.registry.tables import MODEL_FILES, MODEL_VERSIONS
from semantic.errors import StoreError
from tests.model.conftest import ROOT, config_at
from tests.model.sample import sample_trained

TRAINED = sample_trained()
_PROMOTE = """
import sys
from model.registry import Registry
from tests.model.conftest import config_at
registry = Registry(config_at(sys.argv[1]))
for turn in range(15):
    registry.promote(1 + (turn + int(sys.argv[2])) % 2)
"""


def change_file(registry: Registry, name: str, payload: bytes) -> None:
    with registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_FILES).where(MODEL_FILES.c.name == name).values(payload=payload))


def test_what_was_saved_is_read_back_whole(registry: Registry) -> None:
    version = registry.save(TRAINED, 1_790_000_000_000)
    stored = registry.read(version)
    assert repr((stored.report, stored.tasks)) == repr((TRAINED.report, TRAINED.tasks))
    assert (stored.version.is_promoted, stored.version.created_at) == (True, 1_790_000_000_000)
    assert [(task.name, task.verdict, task.auc) for task in stored.version.tasks] == [
        (task.name, task.signal.verdict, task.learners[0].held_out["auc"]) for task in TRAINED.report.tasks
    ]


def test_where_nothing_was_kept_there_is_nothing(registry: Registry) -> None:
    assert (registry.versions(), registry.state().promoted, registry.state().stamp) == ((), None, "")
    with pytest.raises(ModelError, match="there is no model version 1; known: none"):
        registry.read(1)


def test_a_new_version_is_served_unless_it_is_told_otherwise(registry: Registry) -> None:
    registry.save(TRAINED, 0, promote=False)
    assert registry.state().promoted is None
    registry.save(TRAINED, 0)
    registry.save(TRAINED, 0, promote=False)
    state = registry.state()
    assert (state.promoted, state.previous) == (2, None)
    assert [version.is_promoted for version in registry.versions()] == [False, True, False]


def test_rolling_back_returns_to_what_was_served_before(registry: Registry) -> None:
    registry.save(TRAINED, 0)
    with pytest.raises(ModelError, match="no other version was served before"):
        registry.roll_back()
    registry.save(TRAINED, 0)
    assert (registry.roll_back(), registry.state().promoted) == (1, 1)
    assert (registry.roll_back(), registry.state().promoted) == (2, 2)


def test_what_it_was_checked_with_is_noted(registry: Registry) -> None:
    registry.save(TRAINED, 0, promote=False)
    registry.note_checked(1, "lightgbm 1 on one machine")
    registry.promote(1, "lightgbm 2 on another")
    registry.promote(1)
    assert registry.versions()[0].checked_with == "lightgbm 2 on another"


def test_a_version_of_the_same_data_and_configuration_is_held_once_it_was_loaded(registry: Registry) -> None:
    registry.save(TRAINED, 0)
    assert registry.held("a" * 64) is None
    registry.note_checked(1, "here")
    assert (registry.held("a" * 64).version, registry.held("b" * 64)) == (1, None)
    registry.config_hash = "another"
    assert registry.held("a" * 64) is None


def test_a_version_that_there_is_not_cannot_be_promoted(registry: Registry) -> None:
    registry.save(TRAINED, 0)
    stamp = registry.state().stamp
    with pytest.raises(ModelError, match="there is no model version 7; known: 1"):
        registry.promote(7)
    assert registry.state().stamp == stamp


def test_old_versions_go_but_those_that_are_served_or_were(local_registry: Registry) -> None:
    for _ in range(2):
        local_registry.save(TRAINED, 0)
    for _ in range(KEPT + 2):
        local_registry.save(TRAINED, 0, promote=False)
    kept = [version.version for version in local_registry.versions()]
    assert kept == [*range(KEPT + 4, 4, -1), 2, 1]
    with local_registry.reader.connect() as connection:
        assert sorted(set(connection.execute(sa.select(MODEL_FILES.c.version)).scalars())) == sorted(kept)


@pytest.mark.parametrize("name", ["arrival/model.txt", "retrospective/features.json", "report.json"])
def test_a_flipped_bit_is_found_before_anything_is_parsed(local_registry: Registry, name: str) -> None:
    version = local_registry.save(TRAINED, 0)
    payload = bytearray(local_registry.files(version)[name])
    payload[len(payload) // 2] ^= 4
    change_file(local_registry, name, bytes(payload))
    with pytest.raises(ModelError, match=f"model version 1 is damaged \\({name} is not what was written\\); promote"):
        local_registry.read(version)


def test_a_file_cut_short_or_gone_is_damage(local_registry: Registry) -> None:
    local_registry.save(TRAINED, 0)
    change_file(local_registry, "arrival/model.txt", TRAINED.tasks[0].trees.encode()[:500])
    with pytest.raises(ModelError, match=r"arrival/model.txt is not what was written"):
        local_registry.read(1)
    with local_registry.writer.begin() as connection:
        connection.execute(sa.delete(MODEL_FILES).where(MODEL_FILES.c.name == "arrival/model.txt"))
    with pytest.raises(ModelError, match="a file is missing"):
        local_registry.read(1)


@pytest.mark.parametrize("manifest", ["", "[1]", "{", "7"])
def test_a_manifest_that_is_none_is_damage(local_registry: Registry, manifest: str) -> None:
    local_registry.save(TRAINED, 0)
    with local_registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_VERSIONS).values(manifest=manifest))
    with pytest.raises(ModelError, match="its manifest cannot be read"):
        local_registry.read(1)


def test_a_version_whose_summary_is_damaged_does_not_hide_the_others(local_registry: Registry) -> None:
    for _ in range(2):
        local_registry.save(TRAINED, 0)
    with local_registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_VERSIONS).where(MODEL_VERSIONS.c.version == 1).values(summary="{"))
    newest, damaged = local_registry.versions()
    assert (len(newest.tasks), damaged.version, damaged.tasks) == (2, 1, ())
    assert local_registry.read(2).version == newest
    with pytest.raises(ModelError, match=r"version 1 is damaged \(its summary cannot be read"):
        local_registry.read(1)


@pytest.mark.parametrize("timings", ["[]", '{"arrival": 3}', "{"])
def test_times_of_another_shape_are_damage(local_registry: Registry, timings: str) -> None:
    local_registry.save(TRAINED, 0)
    with local_registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_VERSIONS).values(timings=timings))
    with pytest.raises(ModelError, match="version 1 is damaged"):
        local_registry.read(1)


def test_a_table_that_is_gone_is_one_sentence(local_registry: Registry) -> None:
    local_registry.save(TRAINED, 0)
    with local_registry.writer.begin() as connection:
        MODEL_FILES.drop(connection)
    with pytest.raises(StoreError, match=r"no such table: model_files.*put that file aside"):
        local_registry.read(1)


def test_files_larger_than_a_piece_are_whole(registry: Registry) -> None:
    large = bytes(range(256)) * 10_000
    version = registry.save(TRAINED, 0, more={"large": large, "empty": b""})
    files = registry.read(version).files
    assert (files["large"], files["empty"]) == (large, b"")


def test_processes_that_promote_at_once_are_all_counted(registry: Registry, url: str) -> None:
    for _ in range(2):
        registry.save(TRAINED, 0)
    before = int(registry.state().stamp.partition("-")[2])
    running = [
        subprocess.Popen([sys.executable, "-c", _PROMOTE, url, str(i)], cwd=ROOT, stderr=subprocess.PIPE)
        for i in range(3)
    ]
    assert [process.communicate(timeout=90)[1].decode() for process in running] == [""] * 3
    state = registry.state()
    assert int(state.stamp.partition("-")[2]) == before + 45
    assert {state.promoted, state.previous} == {1, 2}


def test_a_database_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.models.db").mkdir()
    registry = Registry(config_at(f"sqlite:///{tmp_path / 'a.db'}"))
    with pytest.raises(StoreError, match=r"models cannot be read in .*a.models.db .*; check that it"):
        registry.state()


def test_a_file_that_is_no_database_is_to_be_put_aside(tmp_path: Path) -> None:
    (tmp_path / "a.models.db").write_bytes(b"hello" * 1_000)
    registry = Registry(config_at(f"sqlite:///{tmp_path / 'a.db'}"))
    with pytest.raises(StoreError, match=r"\(file is not a database\); put that file aside and run: python -m model"):
        registry.state()


def test_the_configuration_hash_changes_with_what_decides_the_training(tmp_path: Path) -> None:
    config: Config = config_at(f"sqlite:///{tmp_path / 'a.db'}")
    other = replace(config, model=config.model.model_copy(update={"depth": 4}))
    elsewhere = replace(config, title="Other", database_url="sqlite:///b.db")
    assert config_hash(other) != config_hash(config) == config_hash(elsewhere)


def test_what_is_known_on_arrival_and_the_control_decide_the_training_too(tmp_path: Path) -> None:
    config: Config = config_at(f"sqlite:///{tmp_path / 'a.db'}")
    catalog = config.catalog
    first, *rest = catalog.dimensions
    late, chosen = replace(first, is_post_treatment=True), replace(first, is_chosen_by_engine=True)
    changed = [replace(catalog, dimensions=(one, *rest)) for one in (late, chosen)]
    for other in (*changed, replace(catalog, control="New")):
        assert config_hash(replace(config, catalog=other)) != config_hash(config)
