"""attributes: aria and data attributes of an element, which Python cannot write as keywords."""

from typing import Any


def attributes(**values: str) -> Any:
    """Return the attributes with hyphens in their names.

    Examples
    --------
    >>> attributes(aria_label="Filters", data_tip="Choose")
    {'aria-label': 'Filters', 'data-tip': 'Choose'}
    """
    return {name.replace("_", "-"): value for name, value in values.items()}
