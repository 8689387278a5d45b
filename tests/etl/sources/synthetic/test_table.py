"""From codes to the columns and texts of the source project."""

import pandas as pd
import pyarrow as pa

from etl.sources.synthetic.drawing import draw
from etl.sources.synthetic.table import as_table


def test_identifiers_look_like_the_source_projects(planted: pd.DataFrame) -> None:
    assert planted["Session_ID"].iloc[[0, -1]].tolist() == ["S00000001", "S00200000"]
    assert planted["User_ID"].str.fullmatch(r"U\d{7}").all()


def test_a_log_too_long_for_the_digits_gets_more_of_them() -> None:
    block = next(draw("planted", 10, 1))
    assert as_table(block, 2_000_000_000).column("Session_ID")[0].as_py() == "S0000000001"


def test_texts_stand_for_their_codes() -> None:
    block = next(draw("planted", 1000, 1))
    table = as_table(block, 1000)
    assert table.column("Device_Type").to_pylist() == [("Mobile", "Desktop", "Tablet")[code] for code in block.device]
    assert table.column("User_ID").to_pylist() == [f"U{number:07d}" for number in block.user]
    assert table.schema.field("Started_At").type == pa.timestamp("s", tz="UTC")
