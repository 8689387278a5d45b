import numpy as np

from etl.pipeline.profiler import Profiler
from etl.pipeline.tally import Tally
from semantic.build import CubeBuilder
from semantic.index_build import IndexBuilder
from tests.etl.pipeline.test_profiler import CATALOG, sessions


def test_sessions_are_handed_on_to_all_that_count_them() -> None:
    with CubeBuilder(CATALOG, 16) as builder, Profiler(CATALOG) as profiler:
        tally = Tally(builder, profiler)
        tally.add(sessions(10, 1))
        tally.add(sessions(10, 1).head(3), sign=-1)
        assert builder.n_rows == profiler.profile().n_sessions == 7


def index_of(*forgotten: int) -> list[tuple[str, int, bytes]]:
    with CubeBuilder(CATALOG, 16, index=IndexBuilder(CATALOG)) as builder:
        tally = Tally(builder)
        tally.add(sessions(10, 1), row_ids=np.arange(10))
        for row_id in forgotten:
            tally.forget(np.array([row_id]))
        return list(builder.index().pieces())


def test_the_row_index_leaves_out_what_is_forgotten() -> None:
    assert index_of() == index_of(99) != index_of(3)


def test_what_counts_nothing_takes_everything() -> None:
    Tally().add(sessions(10, 1))
    Tally().forget(np.array([1]))
