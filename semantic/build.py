"""CubeBuilder: clean rows in, one cube out; rows are spooled to disk so that memory does not grow with their number."""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Self

import numpy as np
import pandas as pd

from semantic.catalog import Catalog, Measure
from semantic.cube import Cube, Cuboid, Floats
from semantic.encoding import Codes, encoder_for
from semantic.index_build import IndexBuilder
from semantic.index_file import IndexFile
from semantic.lattice import choose_lattice
from semantic.query import Domains
from semantic.row_codes import Places


class CubeBuilder:
    """Collects rows and counts them into a cube; a context manager, since its spool is a temporary file.

    Parameters
    ----------
    catalog : Catalog
        Dimensions and measures to keep.
    memory_mb : float
        What the sums of the cube may take.
    known : mapping of str to Domain, optional
        Domains of an existing cube, whose members and edges the new cube shall have too.
    index : IndexBuilder, optional
        Is given each row too, and closed with this.

    Attributes
    ----------
    n_rows : int
        Rows counted in, less those counted out.
    rows : IndexBuilder or None
        What is given each row too.
    """

    def __init__(
        self, catalog: Catalog, memory_mb: float, known: Domains | None = None, index: IndexBuilder | None = None
    ) -> None:
        self.catalog = catalog
        self.rows = index
        self.memory_mb = memory_mb
        self.n_rows = 0
        self._encoders = {d.name: encoder_for(d, (known or {}).get(d.name)) for d in catalog.dimensions}
        self._columns = sorted({name for m in catalog.measures for name, _ in m.factors})
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._n_parts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()
        if self.rows:
            self.rows.close()

    def add(self, frame: pd.DataFrame, sign: int = 1, row_ids: Places | None = None) -> None:
        """Count rows in, or out again.

        Parameters
        ----------
        frame : DataFrame
            The catalog's columns: text and dates (ISO) as categoricals, numbers as floats with NaN where missing, flags
            as 0 and 1. Columns that no dimension or measure uses may be absent.
        sign : {1, -1, 0}
            -1 takes out rows that were counted in before; 0 is for the index alone, of rows that are counted elsewhere.
        row_ids : ndarray of int, optional
            The key of each row, for the index.
        """
        if frame.empty:
            return
        codes = {d.name: self._encoders[d.name].encode(frame[d.column]) for d in self.catalog.dimensions}
        if self.rows and row_ids is not None:
            self.rows.add(frame, codes, row_ids)
        if not sign:
            return
        values = [frame[name].to_numpy(np.float64, na_value=np.nan) for name in self._columns]
        np.save(self._spool, np.stack([*codes.values()]), allow_pickle=False)
        np.save(self._spool, np.stack(values), allow_pickle=False)
        np.save(self._spool, np.array(sign), allow_pickle=False)
        self._n_parts += 1
        self.n_rows += sign * len(frame)

    def domains(self) -> Domains:
        """Return the members of each dimension in all rows so far."""
        return {name: encoder.domain() for name, encoder in self._encoders.items()}

    def cube(self) -> Cube:
        """Return the cube of all rows so far."""
        domains = self.domains()
        sizes = {name: len(domain) for name, domain in domains.items()}
        measures = tuple(m.name for m in self.catalog.measures)
        max_cells = int(self.memory_mb * 2**20 / 8 / len(measures))
        lattice = choose_lattice(sizes, max_cells)
        tensors = {dims: np.zeros((len(measures), *(sizes[d] for d in dims))) for dims in _largest(lattice)}
        for places, values in self._parts(domains):
            for dims, sums in tensors.items():
                _count(sums, [places[d] for d in dims], values)
        cuboids = [Cuboid(measures, dims, _sums_of(dims, tensors)) for dims in lattice]
        return Cube(domains, tuple(sorted(cuboids, key=lambda c: c.n_cells)))

    def index(self) -> IndexFile | None:
        """Return the row index of all rows so far; None without an `IndexBuilder`, or where it has none."""
        domains = self.domains()

        def place_of(name: str, codes: Codes) -> Codes:
            return self._encoders[name].places(codes, domains[name])

        return self.rows.file(domains, place_of) if self.rows else None

    def _parts(self, domains: Domains) -> Iterator[tuple[dict[str, Codes], list[Floats]]]:
        """Yield the places of each spooled part's rows and, for each measure, what a row adds."""
        self._spool.seek(0)
        for _ in range(self._n_parts):
            codes, values, sign = (np.load(self._spool, allow_pickle=False) for _ in range(3))
            names = [d.name for d in self.catalog.dimensions]
            places = {n: self._encoders[n].places(c, domains[n]) for n, c in zip(names, codes, strict=True)}
            columns = dict(zip(self._columns, values, strict=True))
            yield places, [int(sign) * _value(m, columns, codes.shape[1]) for m in self.catalog.measures]
        self._spool.seek(0, 2)


def _value(measure: Measure, columns: dict[str, Floats], n_rows: int) -> Floats:
    product = np.ones(n_rows)
    for name, power in measure.factors:
        product = product * (columns[name] ** power if power else ~np.isnan(columns[name]))
    return np.nan_to_num(product, nan=0.0)


def _count(sums: Floats, places: list[Codes], values: list[Floats]) -> None:
    cells = np.ravel_multi_index(places, sums.shape[1:])
    for row, value in zip(sums, values, strict=True):
        row += np.bincount(cells, weights=value, minlength=row.size).reshape(row.shape)


def _largest(lattice: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Return the cuboids that are not inside another one."""
    return [dims for dims in lattice if not any(set(dims) < set(other) for other in lattice)]


def _sums_of(dims: tuple[str, ...], tensors: dict[tuple[str, ...], Floats]) -> Floats:
    """Return a cuboid's sums from the smallest tensor that holds its dimensions."""
    source = min((s for s in tensors if set(dims) <= set(s)), key=lambda s: tensors[s].size)
    if source == dims:
        return tensors[dims]
    surplus = tuple(axis + 1 for axis, name in enumerate(source) if name not in dims)
    kept = [name for name in source if name in dims]
    return np.ascontiguousarray(tensors[source].sum(axis=surplus).transpose(0, *(kept.index(n) + 1 for n in dims)))


def add_cubes(first: Cube, second: Cube) -> Cube | None:
    """Return the cube of the rows of both, or None where the second one's domains need another lattice.

    Parameters
    ----------
    first : Cube
        The cube so far.
    second : Cube
        What changed; its domains hold at least the members of the first.
    """
    before = {cuboid.dimensions: cuboid for cuboid in first.cuboids}
    if before.keys() != {cuboid.dimensions for cuboid in second.cuboids}:
        return None
    return Cube(second.domains, tuple(_plus(new, before[new.dimensions], first, second) for new in second.cuboids))


def _plus(new: Cuboid, old: Cuboid, first: Cube, second: Cube) -> Cuboid:
    places = [[second.domains[d].position_of[m] for m in first.domains[d].members] for d in new.dimensions]
    sums = new.sums.copy()
    sums[np.ix_(range(len(new.measures)), *places)] += old.sums
    return Cuboid(new.measures, new.dimensions, sums)
