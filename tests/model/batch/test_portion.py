import pyarrow as pa

from model.batch.portion import text_columns


def test_texts_become_plain_and_numbers_stay() -> None:
    table = pa.table({"a": pa.array(["x"], pa.large_string()), "b": pa.array([1.5]), "c": pa.array([b"y"])})
    assert text_columns(table).schema.types == [pa.string(), pa.float64(), pa.string()]


def test_a_dictionary_becomes_what_it_stands_for() -> None:
    table = pa.table({"a": pa.array(["x", "y", "x"]).dictionary_encode()})
    assert text_columns(table).to_pydict() == {"a": ["x", "y", "x"]}
