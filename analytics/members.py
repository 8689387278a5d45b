"""Members: which dimension is asked for, which of its members are kept, and where bins begin and end."""

from collections.abc import Sequence

import numpy as np

from analytics.experiment.interval import Floats
from semantic.catalog import MISSING, VARIANT, Catalog, Dimension
from semantic.errors import UnknownNameError, unknown_name

Ends = tuple[float | None, float | None]


def asked_dimension(name: str, what: str, known: Sequence[Dimension]) -> Dimension:
    """Return the known dimension of that name.

    Parameters
    ----------
    name : str
        What was asked for.
    what : str
        The noun for the error, such as ``"dimension to break down by"``.
    known : sequence of Dimension
        What may be asked for.

    Raises
    ------
    UnknownNameError
        Where the name is none of them; the text lists them.
    """
    found = next((dimension for dimension in known if dimension.name == name), None)
    if not found:
        raise UnknownNameError(unknown_name(what, name, [dimension.name for dimension in known]))
    return found


def splitting_dimensions(catalog: Catalog) -> tuple[Dimension, ...]:
    """Return the dimensions that sessions can be split by beside the variant."""
    return tuple(dimension for dimension in catalog.dimensions if dimension.name != VARIANT)


def largest(n: Floats, at_most: int) -> list[int]:
    """Return the places of the largest members, in the order of the domain.

    Examples
    --------
    >>> largest(np.array([5.0, 1.0, 9.0, 7.0]), at_most=2)
    [2, 3]
    """
    return sorted(np.argsort(-n, kind="stable")[:at_most].tolist())


def present(members: Sequence[str]) -> list[int]:
    """Return the places of all members but the missing one."""
    return [place for place, member in enumerate(members) if member != MISSING]


def bin_ends(edges: Sequence[float], n_members: int) -> tuple[Ends, ...]:
    """Return where each member's bin begins and ends; None where it is open or the member is no bin.

    Parameters
    ----------
    edges : sequence of float
        Cuts of a binned dimension, else empty.
    n_members : int
        Members of the dimension; what stands behind the bins is the missing one.

    Examples
    --------
    >>> bin_ends((18.0, 26.0), 4)
    ((None, 18.0), (18.0, 26.0), (26.0, None), (None, None))
    """
    bins: list[Ends] = list(zip((None, *edges), (*edges, None), strict=True)) if edges else []
    return (*bins, *[(None, None)] * (n_members - len(bins)))[:n_members]
