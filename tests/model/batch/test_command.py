import argparse
from pathlib import Path

import orjson
import pytest

from config import load_config
from model.batch.command import add_arguments, score_command, sentence, source_columns
from model.batch.score_file import BatchOutcome
from semantic.errors import InputError
from tests.model.batch.files import HEADER, ROWS, predictor, read_back, written

CONFIG = load_config(Path(__file__).resolve().parents[3] / "config.yaml", {})


def given(*arguments: str | Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(list(map(str, arguments)))


def run(*arguments: str | Path) -> BatchOutcome:
    return score_command(given(*arguments), CONFIG, predictor(), lambda share, n_read: None)


def test_a_file_is_scored_by_the_columns_of_the_configured_source(tmp_path: Path) -> None:
    header = "Age,Gender,Device_Type,Location,Recommended_Product_Category,Recommendation_Engine"
    outcome = run("--in", written(tmp_path, header, *ROWS), "--out", tmp_path / "out.csv")
    assert outcome.n_scored == 2
    assert read_back(tmp_path, "out.rejected.csv") == []


def test_the_end_is_written_where_another_process_reads_it(tmp_path: Path) -> None:
    progress = tmp_path / "progress.json"
    run("--in", written(tmp_path, HEADER, *ROWS, "x"), "--out", tmp_path / "out.csv", "--progress", progress)
    found = orjson.loads(progress.read_bytes())
    assert (found["share"], found["n_read"], found["outcome"]["n_rejected"]) == (1.0, 3, 1)


def test_progress_is_told_at_once_and_at_the_end(tmp_path: Path) -> None:
    told: list[tuple[float, int]] = []
    arguments = given("--in", written(tmp_path, HEADER, *ROWS), "--out", tmp_path / "out.csv")
    score_command(arguments, CONFIG, predictor(), lambda share, n_read: told.append((share, n_read)))
    assert told == [(1.0, 2)]


def test_a_file_is_never_written_over_itself(tmp_path: Path) -> None:
    source = written(tmp_path, HEADER, *ROWS)
    with pytest.raises(InputError, match="three different files"):
        run("--in", source, "--out", source)


def test_more_rows_than_asked_for_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 1 rows"):
        run("--in", written(tmp_path, HEADER, *ROWS), "--out", tmp_path / "out.csv", "--most-rows", "1")


def test_columns_of_the_source_are_known_by_field() -> None:
    assert source_columns(CONFIG)["device"] == "Device_Type"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (BatchOutcome(1_000, 1_000, 0, 1.26), "1,000 of 1,000 rows scored in 1.3 s"),
        (BatchOutcome(1_000, 990, 10, 0.5), "990 of 1,000 rows scored in 0.5 s; 10 could not be"),
    ],
)
def test_the_outcome_is_told_in_words(outcome: BatchOutcome, words: str) -> None:
    assert sentence(outcome) == words
