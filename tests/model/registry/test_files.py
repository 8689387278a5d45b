import io
import re

import joblib
import numpy as np

from model.registry.files import EXPORT, dated, files_of, manifest_of, report_from, tasks_from, timings_of
from tests.model.sample import sample_trained


def test_equal_data_and_configuration_give_equal_bytes() -> None:
    first = files_of(sample_trained(data_version=1, seconds=0.4))
    again = files_of(sample_trained(data_version=8, seconds=0.9))
    assert {name for name in first if first[name] != again[name]} == set()
    assert files_of(sample_trained(1))["arrival/model.txt"] != first["arrival/model.txt"]


def test_a_version_has_the_files_that_are_documented() -> None:
    parts = ("model.txt", "features.json", "serving.json", "golden.json", "cells.npz")
    tasks = {f"{task}/{part}" for task in ("arrival", "retrospective") for part in parts}
    assert set(files_of(sample_trained())) == tasks | {"report.json", "card.md", EXPORT}


def test_times_and_numbers_of_the_data_are_kept_apart_and_put_back() -> None:
    report = sample_trained(data_version=8, seconds=0.9).report
    plain = report_from(files_of(sample_trained(data_version=8))["report.json"])
    assert (plain.data.version, plain.tasks[0].learners[0].seconds) == (0, 0.0)
    assert dated(plain, timings_of(report), 8) == report


def test_what_predictions_are_made_from_comes_back() -> None:
    trained = sample_trained()
    assert repr(tasks_from(files_of(trained), trained.report)) == repr(trained.tasks)


def test_the_export_predicts_where_lightgbm_is_installed() -> None:
    trained = sample_trained()
    export = joblib.load(io.BytesIO(files_of(trained)[EXPORT]))
    rows = np.array([[0.0, 30.0], [1.0, np.nan]])
    import lightgbm

    own = lightgbm.Booster(model_str=trained.tasks[0].trees)
    assert export["arrival"]["booster"].predict(rows).tolist() == own.predict(rows).tolist()
    assert [feature["name"] for feature in export["arrival"]["features"]] == ["device", "age"]
    assert export["retrospective"]["sigmoid"] == {"slope": 1.1, "intercept": -0.05}


def test_a_manifest_names_each_file_with_its_hash() -> None:
    manifest = manifest_of({"b": b"", "a": b"x"})
    assert list(manifest) == ["a", "b"]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in manifest.values())
