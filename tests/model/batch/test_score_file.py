from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from model.batch.score_file import BatchFiles, score_file
from model.predictor import Predictor
from semantic.errors import InputError
from tests.model.batch.files import HEADER, ROWS, predictor, read_back, scored, written
from tests.model.trained_tasks import task_of

KEYS = ("age", "gender", "device", "location", "category", "variant")


def session(row: str) -> dict[str, str]:
    return dict(zip(KEYS, row.split(","), strict=True))


def test_each_row_comes_back_with_the_score_of_a_single_prediction(tmp_path: Path) -> None:
    outcome = scored(written(tmp_path, HEADER, *ROWS))
    assert (outcome.n_read, outcome.n_scored, outcome.n_rejected) == (2, 2, 0)
    for row, found in zip(ROWS, read_back(tmp_path), strict=True):
        expected = predictor().predict(session(row))
        assert float(found["score"]) == pytest.approx(expected.probability, abs=1e-6)
        assert float(found["score_low"]) == pytest.approx(expected.low, abs=1e-6)
        assert float(found["driver_1_effect"]) == pytest.approx(expected.contributions[0].log_odds, abs=1e-4)
        assert found["driver_1"] == expected.contributions[0].name


def test_the_trees_score_as_the_table_does(tmp_path: Path) -> None:
    source = written(tmp_path, HEADER, *ROWS)
    scored(source)
    by_cells = read_back(tmp_path)
    scored(source, Predictor(task_of()))
    assert read_back(tmp_path) == by_cells


def test_a_parquet_file_is_scored_as_the_csv_is(tmp_path: Path) -> None:
    scored(written(tmp_path, HEADER, *ROWS))
    columns = {name: [session(row)[name] for row in ROWS] for name in KEYS} | {"age": [31, 52]}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    by_csv = read_back(tmp_path)
    scored(tmp_path / "in.parquet")
    assert read_back(tmp_path) == by_csv


def test_a_row_that_cannot_be_scored_comes_back_with_line_column_and_reason(tmp_path: Path) -> None:
    outcome = scored(written(tmp_path, HEADER, ROWS[0], "999,Female,Fridge,Kolkata,Books,New", "1,2", ROWS[1]))
    assert (outcome.n_read, outcome.n_scored, outcome.n_rejected) == (4, 2, 2)
    wrong, torn = read_back(tmp_path, "rejected.csv")
    assert (wrong["line"], wrong["column"], wrong["device"]) == ("3", "age, device", "Fridge")
    assert "999" in wrong["reason"]
    assert "'Fridge'" in wrong["reason"]
    assert (torn["line"], torn["reason"]) == ("4", "the row has 2 cells, the header has 6.")


def test_columns_of_the_source_are_known_by_their_configured_names(tmp_path: Path) -> None:
    source = written(tmp_path, f"Session_ID,{HEADER}".replace("device", "DEVICE_TYPE"), f"S1,{ROWS[0]}")
    scored(source, columns={"device": "Device_Type"})
    assert read_back(tmp_path)[0]["Session_ID"] == "S1"


def test_a_repaired_spelling_is_noted(tmp_path: Path) -> None:
    scored(written(tmp_path, HEADER, ROWS[0], ROWS[0].replace("Mobile", "mobile").replace("New", "NEW")))
    plain, noted = read_back(tmp_path)
    assert (plain["notes"], plain["score"]) == ("", noted["score"])
    assert noted["device"] == "mobile"
    assert "'Mobile'" in noted["notes"]
    assert "'New'" in noted["notes"]


def test_a_cell_that_a_spreadsheet_would_run_is_neutral(tmp_path: Path) -> None:
    scored(written(tmp_path, f"id,{HEADER}", f"=1+1,{ROWS[0]}", "=2+2,1,x,x,x,x,x"))
    assert read_back(tmp_path)[0]["id"] == "'=1+1"
    assert read_back(tmp_path, "rejected.csv")[0]["id"] == "'=2+2"


def test_without_signal_every_row_has_the_base_rate_and_no_driver(tmp_path: Path) -> None:
    scored(written(tmp_path, HEADER, *ROWS), Predictor(task_of(is_withheld=True)))
    found = [(row["score"], row["score_low"], row["driver_1"], row["driver_1_effect"]) for row in read_back(tmp_path)]
    assert found == [("0.12", "0.115", "", "")] * 2


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[float, int]] = []
    files = BatchFiles(written(tmp_path, HEADER, *ROWS), tmp_path / "out.csv", tmp_path / "rejected.csv")
    score_file(files, predictor(), lambda share, n_rows: told.append((share, n_rows)))
    assert told[-1] == (1.0, 2)


def test_a_run_that_is_broken_off_leaves_the_old_result_and_no_other_file(tmp_path: Path) -> None:
    files = BatchFiles(written(tmp_path, HEADER, *ROWS), tmp_path / "out.csv", tmp_path / "rejected.csv")
    files.out.write_text("old")

    def interrupt(share: float, n_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_file(files, predictor(), interrupt)
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out.csv"}
    assert files.out.read_text() == "old"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("age,gender,variant", "31,Male,New"), "the columns device, location, category are absent"),
        ((HEADER,), "holds a header and no rows"),
        ((HEADER + ",score", ROWS[0] + ",1"), "already has the column score"),
        ((HEADER + ",age", ROWS[0] + ",1"), "two columns named 'age'"),
    ],
)
def test_a_file_that_cannot_be_scored_is_refused_in_one_sentence(
    tmp_path: Path, lines: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        scored(written(tmp_path, *lines))


def test_more_rows_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 1 rows"):
        scored(written(tmp_path, HEADER, *ROWS), most_rows=1)


def test_a_folder_that_there_is_not_is_named(tmp_path: Path) -> None:
    files = BatchFiles(written(tmp_path, HEADER, *ROWS), tmp_path / "no" / "out.csv", tmp_path / "rejected.csv")
    with pytest.raises(InputError, match="cannot be written"):
        score_file(files, predictor(), lambda share, n_rows: None)
