"""Variants: the order in which every result names them, control first."""

from collections.abc import Sequence

from semantic.catalog import Catalog


def control_of(members: Sequence[str], catalog: Catalog) -> str:
    """Return the variant that others are compared with: the configured one, else the first by name."""
    return catalog.control or min(members, default="")


def control_first(members: Sequence[str], catalog: Catalog) -> list[int]:
    """Return the places of all variants, that of control first; control that the data does not have is absent."""
    control = control_of(members, catalog)
    return sorted(range(len(members)), key=lambda place: members[place] != control)
