"""Tally: what is counted of sessions while they are loaded: the cube with its row index, and the profile."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.pipeline.profiler import Profiler
from semantic.build import CubeBuilder

RowIds = npt.NDArray[np.int64]


class Tally:
    """Hands sessions on to all that count them.

    Parameters
    ----------
    builder : CubeBuilder, optional
        Counts the cube.
    profiler : Profiler, optional
        Counts the profile.
    """

    def __init__(self, builder: CubeBuilder | None = None, profiler: Profiler | None = None) -> None:
        self._builder, self._profiler = builder, profiler

    def add(self, frame: pd.DataFrame, sign: int = 1, row_ids: RowIds | None = None) -> None:
        """Count sessions in, or out again.

        Parameters
        ----------
        frame : DataFrame
            The catalog's columns, as cleaned.
        sign : {1, -1}
            -1 takes out sessions that were counted in before.
        row_ids : ndarray of int, optional
            The key of each session, for the row index.
        """
        if self._builder:
            self._builder.add(frame, sign, row_ids)
        if self._profiler:
            self._profiler.add(frame, sign)

    def forget(self, row_ids: RowIds) -> None:
        """Leave sessions out of the row index that were taken before."""
        if self._builder and self._builder.rows:
            self._builder.rows.forget(row_ids)
