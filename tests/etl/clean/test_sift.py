import json

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.clean.sift import LONGEST_CELL, UNREADABLE, Fault, raw_rows, sift
from etl.sources import Batch, Unreadable

BATCH = Batch(
    pa.table({"a": ["1", "x", "3"], "b": ["p", None, "q"]}), np.array([2, 3, 5]), (Unreadable(4, "9", "1 cell"),), 10
)
FRAME = pd.DataFrame({"a": [1.0, np.nan, 3.0], "converted": [1.0, np.nan, 0.0]})


def test_a_record_is_rejected_by_the_first_rule_that_it_breaks() -> None:
    faults = [
        Fault("a", "number", np.array([False, True, False])),
        Fault("b", "present", np.array([False, True, False])),
    ]
    sessions = sift(BATCH, FRAME, faults)
    assert [(r.line, r.column, r.rule, r.value) for r in sessions.rejected] == [
        (3, "a", "number", "x"),
        (4, "", UNREADABLE, "1 cell"),
    ]


def test_no_record_is_lost() -> None:
    sessions = sift(BATCH, FRAME, [Fault("a", "number", np.array([False, True, False]))])
    assert sessions.n_read == 4
    assert sessions.lines.tolist() == [2, 5]
    assert sessions.frame["converted"].tolist() == [1, 0]
    assert sessions.frame["converted"].dtype == np.int8


def test_the_record_is_kept_as_it_was() -> None:
    sessions = sift(BATCH, FRAME, [Fault("a", "number", np.array([False, True, False]))])
    assert [r.raw for r in sessions.rejected] == ['{"a": "x", "b": null}', "9"]


def test_a_huge_cell_is_cut_and_says_so() -> None:
    (raw,) = raw_rows(pa.table({"a": ["x" * (LONGEST_CELL + 5)]}))
    assert json.loads(raw)["a"].endswith("(65,541 characters)")


def test_cells_of_any_type_fit_json() -> None:
    table = pa.table({"n": [1.5], "i": [2], "f": [True], "nan": [float("nan")], "t": pa.array([0], pa.timestamp("s"))})
    (raw,) = raw_rows(table)
    assert json.loads(raw) == {"n": 1.5, "i": 2, "f": True, "nan": "nan", "t": "1970-01-01 00:00:00"}
