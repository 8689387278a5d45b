import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from model.checked import check, checked_with
from model.errors import ModelError
from model.registry import Registry
from model.registry.tables import MODEL_FILES, MODEL_VERSIONS
from model.trained import Trained
from tests.model.sample import sample_trained

TRAINED = sample_trained()


def with_trees(change: Callable[[str], str]) -> Trained:
    """Return the sample with other trees on arrival."""
    arrival, *others = TRAINED.tasks
    return replace(TRAINED, tasks=(replace(arrival, trees=change(arrival.trees)), *others))


def far_feature(trees: str) -> str:
    """Return trees that ask for a feature far outside of any row."""
    return re.sub(r"split_feature=\d+", "split_feature=900000000", trees)


def test_what_was_trained_here_passes(local_registry: Registry) -> None:
    local_registry.save(TRAINED, 0)
    check(local_registry.read(1))
    assert checked_with().startswith("lightgbm ")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda trees: trees[: len(trees) // 3], "LightGBM refuses it|dies of signal|golden rows"),
        (lambda trees: "not a model", "arrival/model.txt: LightGBM refuses it: "),
        (
            lambda trees: re.sub(r"(leaf_value=-?)\d", r"\g<1>7", trees),
            "it does not give its golden rows the scores",
        ),
        (far_feature, "arrival/model.txt: the process that loads it dies of signal"),
    ],
    ids=["cut short", "no model", "other leaves", "crash"],
)
def test_a_text_that_cannot_be_trusted_is_one_sentence(local_registry: Registry, change, reason) -> None:
    local_registry.save(TRAINED, 0)
    stored = local_registry.read(1)
    changed = replace(stored, tasks=with_trees(change).tasks)
    with pytest.raises(
        ModelError, match=f"^model version 1 cannot be used .*({reason}).*; promote another one or run:"
    ):
        check(changed)


def test_a_process_that_takes_too_long_is_ended(local_registry: Registry) -> None:
    local_registry.save(TRAINED, 0)
    with pytest.raises(ModelError, match=r"loading it takes longer than 0.01 s"):
        check(local_registry.read(1), timeout_s=0.01)


def test_a_hostile_pickle_is_never_opened(local_registry: Registry, tmp_path: Path) -> None:
    class Hostile:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "executed",))

    local_registry.save(TRAINED, 0)
    evil = pickle.dumps(Hostile())
    with local_registry.writer.begin() as connection:
        change = sa.update(MODEL_FILES).where(MODEL_FILES.c.name == "conversion_model.pkl")
        connection.execute(change.values(payload=evil))
        connection.execute(sa.insert(MODEL_FILES), {"version": 1, "name": "arrival/a.pkl", "part": 0, "payload": evil})
        connection.execute(sa.update(MODEL_VERSIONS).values(checked_with=""))
    for folder in (tmp_path, Path(local_registry.place).parent):
        (folder / "conversion_model.pkl").write_bytes(evil)
    stored = local_registry.read(1)
    check(stored)
    assert "arrival/a.pkl" not in stored.files
    assert not (tmp_path / "executed").exists()
