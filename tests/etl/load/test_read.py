import numpy as np

from etl.load.read import counted_cube, stored_frames
from etl.load.writing import writing
from semantic.schema import sessions_table
from semantic.snapshot import read_cube
from tests.etl.project import Project


def test_stored_sessions_come_back_as_they_were_cleaned(any_project: Project) -> None:
    any_project.load()
    catalog = any_project.config.catalog
    with writing(any_project.url) as engine, engine.connect() as connection:
        (frame,) = stored_frames(connection, sessions_table(catalog, "sessions_1"), catalog)
    assert frame["session_id"].tolist() == ["s1", "s2", "s3", "s4"]
    assert frame["location"].tolist() == ["Bangalore", "Bangalore", "MUMBAI", "MUMBAI"]
    assert frame["day"].tolist() == ["2026-07-01", "2026-07-01", "2026-07-02", "2026-07-02"]
    assert frame["started_at"].dtype == np.float64
    assert np.isnan(frame["age"][2])


def test_the_cube_counted_anew_is_the_stored_one(any_project: Project) -> None:
    any_project.load()
    config = any_project.config
    with writing(any_project.url) as engine, engine.connect() as connection:
        stored = read_cube(connection, 1, config.catalog)
        counted = counted_cube(connection, sessions_table(config.catalog, "sessions_1"), config)
    assert [c.dimensions for c in counted.cuboids] == [c.dimensions for c in stored.cuboids]
    assert all(np.array_equal(a.sums, b.sums) for a, b in zip(counted.cuboids, stored.cuboids, strict=True))
