"""Which column of a file holds which feature."""

from collections.abc import Mapping, Sequence

from model.examples import Feature
from semantic.errors import InputError


def columns_of(features: Sequence[Feature], names: Sequence[str], configured: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each feature's column, whatever its case.

    Parameters
    ----------
    features : sequence of Feature
        What is needed.
    names : sequence of str
        Columns of the file.
    configured : mapping of str to str
        Columns of the configured source by the names of features; the name of the feature itself will do too.

    Raises
    ------
    InputError
        Where columns are absent: all of them.
    """
    given = {name.strip().casefold(): name for name in reversed(names)}
    found: dict[str, str] = {}
    absent = []
    for feature in features:
        wanted = (configured.get(feature.name, feature.name), feature.name)
        known = [given[name.casefold()] for name in wanted if name.casefold() in given]
        if known:
            found[feature.name] = known[0]
        else:
            absent.append(wanted[0])
    if absent:
        noun, verb, them = ("column", "is", "it") if len(absent) == 1 else ("columns", "are", "them")
        raise InputError(
            f"the {noun} {', '.join(absent)} {verb} absent, and the model needs {them}; leave cells empty where a "
            f"value is not known (the file has {', '.join(names)})"
        )
    return found
