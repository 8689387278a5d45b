"""Pre-aggregated additive statistics in numpy; answers every query that one of its cuboids covers, exactly."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod

import numpy as np
import numpy.typing as npt

from semantic.catalog import Catalog
from semantic.domain import Domain
from semantic.query import Answer, Domains, Query, edges_of

Floats = npt.NDArray[np.float64]
_LENGTH_BYTES = 8
_ALIGNMENT = 64


@dataclass(frozen=True)
class Cuboid:
    """Sums of some measures for each combination of some dimensions.

    Attributes
    ----------
    measures : tuple of str
        Names along the first axis.
    dimensions : tuple of str
        Names of the other axes.
    sums : ndarray of float, shape (len(measures), members of each dimension …)
        Zero where no session falls.
    """

    measures: tuple[str, ...]
    dimensions: tuple[str, ...]
    sums: Floats

    @property
    def n_cells(self) -> int:
        """Number of combinations."""
        return prod(self.sums.shape[1:])

    def select(self, measures: Sequence[str]) -> Floats:
        """Return the sums of some measures only, in the order asked."""
        rows = [self.measures.index(name) for name in measures]
        return self.sums if rows == list(range(len(self.measures))) else self.sums[rows]

    def without(self, dimension: str, measures: Sequence[str], weights: Floats) -> "Cuboid":
        """Return the cuboid of some measures with one axis summed away, each member counted by its weight."""
        axis = self.dimensions.index(dimension)
        sums = np.stack([_contract(self.sums[self.measures.index(name)], axis, 1, weights) for name in measures])
        return Cuboid(tuple(measures), (*self.dimensions[:axis], *self.dimensions[axis + 1 :]), sums)

    def sum_to(self, query: Query, weights: Mapping[str, Floats]) -> Floats:
        """Return the query's measures by its dimensions.

        Parameters
        ----------
        query : Query
            Its measures and dimensions must be the cuboid's.
        weights : mapping of str to ndarray
            How much each member counts, 0 or 1, for every dimension of the cuboid.

        Returns
        -------
        ndarray of float, shape (measures, members of each of ``query.by`` …)
        """
        sums, names = self.select(query.measures), list(self.dimensions)
        for first, last in reversed(_runs([name not in query.by for name in names])):
            run = reduce(np.multiply.outer, [weights[name] for name in names[first:last]])
            sums = _contract(sums, first + 1, last - first, run.ravel())
            del names[first:last]
        sums = sums.transpose(0, *(names.index(name) + 1 for name in query.by))
        for axis, name in enumerate(query.by):
            if name in query.where.dimensions:
                sums = sums * weights[name].reshape([-1] + [1] * (len(query.by) - axis - 1))
        return np.ascontiguousarray(sums)


@dataclass(frozen=True)
class Cube:
    """All cuboids of one version of the data.

    Attributes
    ----------
    domains : mapping of str to Domain
        Members along the axes.
    cuboids : tuple of Cuboid
        Smallest first; all hold the same measures.
    """

    domains: Domains
    cuboids: tuple[Cuboid, ...]

    @cached_property
    def measures(self) -> frozenset[str]:
        """Names of the measures that it holds."""
        return frozenset(self.cuboids[0].measures)

    @property
    def n_bytes(self) -> int:
        """Memory that the sums take."""
        return sum(cuboid.sums.nbytes for cuboid in self.cuboids)

    def cuboid_for(self, query: Query) -> Cuboid | None:
        """Return the smallest cuboid that answers the query exactly, or None."""
        exact = all(self.domains[c.dimension].is_exact(c) for c in query.where.clauses)
        if not exact or not self.measures.issuperset(query.measures):
            return None
        wanted = set(query.dimensions)
        return next((c for c in self.cuboids if wanted.issubset(c.dimensions)), None)

    def answers(self, queries: Sequence[Query], version: int) -> list[Answer | None]:
        """Return the answer to each query, or None where no cuboid covers it.

        Queries that read the same cuboid under the same filter on its largest dimension share one pass over it.
        """
        chosen = [self.cuboid_for(query) for query in queries]
        shared: dict[object, set[str]] = {}
        for query, cuboid in zip(queries, chosen, strict=True):
            if cuboid:
                shared.setdefault(_pass_key(query, cuboid), set()).update(query.measures)
        reduced: dict[object, Cuboid] = {}
        return [
            self._answer(query, cuboid, shared, reduced, version) if cuboid else None
            for query, cuboid in zip(queries, chosen, strict=True)
        ]

    def _answer(
        self, query: Query, cuboid: Cuboid, shared: dict[object, set[str]], reduced: dict[object, Cuboid], version: int
    ) -> Answer:
        key = _pass_key(query, cuboid)
        if key not in reduced:
            head = _head(query, cuboid)
            reduced[key] = cuboid.without(head, sorted(shared[key]), self._weights(query, head)) if head else cuboid
        small = reduced[key]
        sums = small.sum_to(query, {name: self._weights(query, name) for name in small.dimensions})
        members = {name: self.domains[name].members for name in query.by}
        by_name = dict(zip(query.measures, sums, strict=True))
        return Answer(query.by, members, by_name, version, "cube", edges_of(query, self.domains))

    def _weights(self, query: Query, dimension: str) -> Floats:
        domain, clause = self.domains[dimension], query.where.clause(dimension)
        return np.ones(len(domain)) if clause is None else domain.mask(clause).astype(np.float64)

    def to_bytes(self) -> bytes:
        """Return the cube as bytes that hold numbers and names only."""
        cuboids = [{"measures": c.measures, "dimensions": c.dimensions, "shape": c.sums.shape} for c in self.cuboids]
        head = {"domains": {name: domain.to_json() for name, domain in self.domains.items()}, "cuboids": cuboids}
        text = json.dumps(head).encode()
        text += b" " * (-(len(text) + _LENGTH_BYTES) % _ALIGNMENT)
        packer = zlib.compressobj(level=1)
        parts = [packer.compress(len(text).to_bytes(_LENGTH_BYTES, "big") + text)]
        parts += [packer.compress(np.ascontiguousarray(c.sums, dtype="<f8").data) for c in self.cuboids]
        return b"".join([*parts, packer.flush()])

    @classmethod
    def from_bytes(cls, data: bytes, catalog: Catalog) -> "Cube":
        """Return the cube that `to_bytes` wrote.

        Raises
        ------
        ValueError, zlib.error
            Where the bytes are damaged.
        """
        return cls.from_buffer(np.frombuffer(zlib.decompress(data), dtype=np.uint8), catalog)

    @classmethod
    def from_buffer(cls, raw: npt.NDArray[np.uint8], catalog: Catalog) -> "Cube":
        """Return the cube whose sums are views of unpacked bytes; raises ValueError where those do not fit."""
        start = _LENGTH_BYTES + int.from_bytes(raw[:_LENGTH_BYTES].tobytes(), "big")
        head = json.loads(raw[_LENGTH_BYTES:start].tobytes())
        cuboids = []
        for part in head["cuboids"]:
            end = start + 8 * prod(part["shape"])
            sums = raw[start:end].view("<f8").reshape(part["shape"])
            cuboids.append(Cuboid(tuple(part["measures"]), tuple(part["dimensions"]), sums))
            start = end
        domains = {name: Domain.from_json(catalog.dimension(name), value) for name, value in head["domains"].items()}
        return cls(domains, tuple(cuboids))


def _head(query: Query, cuboid: Cuboid) -> str | None:
    """Return the cuboid's largest dimension where the query neither groups by it nor can do without the pass."""
    sizes = dict(zip(cuboid.dimensions, cuboid.sums.shape[1:], strict=True))
    free = [name for name in cuboid.dimensions if name not in query.by]
    largest = max(sizes, key=lambda name: sizes[name])
    return largest if largest in free and len(free) > 1 else None


def _pass_key(query: Query, cuboid: Cuboid) -> object:
    head = _head(query, cuboid)
    return (id(cuboid), head, query.where.clause(head) if head else None)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the (first, last + 1) of each run of true flags."""
    edges = np.flatnonzero(np.diff([0, *map(int, flags), 0]))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _contract(sums: Floats, axis: int, n_axes: int, weights: Floats) -> Floats:
    """Return the weighted sum over ``n_axes`` neighbouring axes, by a matrix product on a view."""
    before, after = sums.shape[:axis], sums.shape[axis + n_axes :]
    flat = sums.reshape(prod(before), weights.size, prod(after))
    product = flat[:, :, 0] @ weights if flat.shape[2] == 1 else np.matmul(weights, flat)
    return product.reshape(*before, *after)
