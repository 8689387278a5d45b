"""What a source of sessions is: records in batches, with the lines they stand on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that cannot be split into columns.

    Attributes
    ----------
    line : int
        Where it begins.
    raw : str
        The record as it stands in the source.
    reason : str
        What is wrong, in words, such as "6 cells where the header has 5".
    """

    line: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of a source.

    Attributes
    ----------
    table : pa.Table
        Columns as the source names them; a csv gives text only (null for an empty cell), other sources their own types.
    lines : ndarray of int, shape (rows,)
        Where each record begins: the physical line of a csv (its header is line 1), else the row number from 1.
    unreadable : tuple of Unreadable
        Records that stand between those of the table and could not be read.
    done : int
        How far the source has been read, in the unit of `Source.size`.
    """

    table: pa.Table
    lines: npt.NDArray[np.int64]
    unreadable: tuple[Unreadable, ...] = ()
    done: int = 0


class Source(Protocol):
    """Something that sessions can be read from, more than once and always in the same order.

    Attributes
    ----------
    name : str
        What people read, without a password.
    origin : {"observed", "simulated"}
        Whether the sessions happened.
    size : int
        Bytes of a file as stored, else rows; 0 where it is not known.
    size_unit : {"bytes", "rows"}
        Unit of ``size`` and of `Batch.done`.
    """

    name: str
    origin: Literal["observed", "simulated"]
    size: int
    size_unit: Literal["bytes", "rows"]

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns; raises InputError where they cannot be read."""

    def fingerprint(self) -> str:
        """Return the SHA-256 of the content, or of the definition of what is made; empty where it cannot be known."""

    def batches(self) -> Iterator[Batch]:
        """Yield the records in order, about 100,000 at a time, in bounded memory; raises InputError."""
