import numpy as np
import pyarrow as pa

from model.batch.portion import Portion
from model.batch.refused import notes_of, refused_rows
from model.vocabulary import Encoded, Flag


def encoded(faults: tuple[Flag, ...] = (), repairs: tuple[Flag, ...] = (), n_rows: int = 3) -> Encoded:
    return Encoded(np.zeros((n_rows, 2)), faults, repairs)


def flag(feature: str, why: str, *rows: int) -> Flag:
    return Flag(feature, why, np.array(rows))


def test_a_row_that_is_refused_keeps_its_cells_and_tells_where_and_why() -> None:
    portion = Portion(pa.table({"Age": ["1", "x", "3"]}), np.array([2, 3, 4]), ((5, "torn"),))
    found = refused_rows(portion, encoded((flag("age", "No number.", 1), flag("device", "Unknown.", 1))), COLUMNS)
    assert found.to_pylist() == [
        {"line": 3, "column": "Age, Device_Type", "reason": "No number. Unknown.", "Age": "x"},
        {"line": 5, "column": None, "reason": "torn.", "Age": None},
    ]


def test_columns_of_a_file_of_refused_rows_are_not_doubled_when_it_is_sent_again() -> None:
    portion = Portion(pa.table({"line": ["7"], "column": ["c"], "reason": ["r"], "Age": ["x"]}), np.array([2]))
    found = refused_rows(portion, encoded((flag("age", "No number.", 0),), n_rows=1), COLUMNS)
    assert found.column_names == ["line", "column", "reason", "Age"]
    assert found["line"].to_pylist() == [2]


def test_notes_of_several_columns_stand_in_one_cell() -> None:
    repairs = (flag("a", "One.", 1), flag("b", "Two.", 1), flag("b", "Three.", 2), flag("c", "Four.", 1))
    assert notes_of(encoded(repairs=repairs)).to_pylist() == ["", "One. Two. Four.", "Three."]


def test_without_a_repair_there_are_no_notes() -> None:
    assert notes_of(encoded()).to_pylist() == [None] * 3


COLUMNS = {"age": "Age", "device": "Device_Type"}
