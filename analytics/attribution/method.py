"""Methods: every model of credit under its name, with what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from analytics.attribution.credit import Credit
from analytics.attribution.markov import markov_model
from analytics.attribution.ordered import ordered_model
from analytics.attribution.paths import Paths
from analytics.attribution.rules import (
    credit_of,
    first_touch,
    last_non_direct,
    last_touch,
    linear,
    position_based,
    time_decay,
)
from analytics.attribution.shapley import set_model
from analytics.experiment.interval import Floats
from semantic.errors import UnknownNameError, unknown_name

Model = Callable[[Paths], Credit]
"""Takes weights of the paths that it was made for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reader chooses.

    Attributes
    ----------
    direct : int or None
        Code of the channel that is direct; None where there is none.
    first, last : float
        Shares of the ends in the position rule.
    half_life : float
        Of time decay, in the unit of the ages.
    """

    direct: int | None = None
    first: float = 0.4
    last: float = 0.4
    half_life: float = 7.0


@dataclass(frozen=True, slots=True)
class Method:
    """One model of credit.

    Attributes
    ----------
    name : str
        In URLs and the API.
    label : str
        On the page.
    description : str
        What it says, in one sentence.
    model : callable
        From paths and setting to the model of these paths.
    needs_ages : bool
        Whether it needs to know when touches happened, so that equal paths may not be added up first.
    """

    name: str
    label: str
    description: str
    model: Callable[[Paths, Setting], Model]
    needs_ages: bool = False


def method_named(name: str) -> Method:
    """Return the method of a name.

    Parameters
    ----------
    name : str
        Such as ``"markov_1"``.
    """
    found = {method.name: method for method in METHODS}
    if name not in found:
        raise UnknownNameError(unknown_name("attribution method", name, found))
    return found[name]


def credits_of(paths: Paths, methods: tuple[Method, ...], setting: Setting) -> tuple[Credit, ...]:
    """Return the credit by each of some methods.

    Parameters
    ----------
    paths : Paths
        The journeys, within the lookback window.
    methods : tuple of Method
        Which.
    setting : Setting
        What the reader chose.
    """
    different = paths.aggregated()
    basis = [paths if method.needs_ages else different for method in methods]
    return tuple(method.model(used, setting)(used) for method, used in zip(methods, basis, strict=True))


def _ruled(rule: Callable[[Paths, Setting], Floats], paths: Paths, setting: Setting) -> Model:
    shares = rule(paths, setting)
    return lambda weighted: credit_of(weighted, shares)


def _last_non_direct(paths: Paths, setting: Setting) -> Floats:
    return last_touch(paths) if setting.direct is None else last_non_direct(paths, setting.direct)


def _markov(order: int) -> Method:
    touches = "touch is" if order == 1 else f"{order} touches are"
    return Method(
        f"markov_{order}",
        f"Markov, order {order}",
        f"In proportion to the conversions lost if a channel led nowhere, where the last {touches} remembered.",
        lambda paths, _: markov_model(paths, order),
    )


METHODS: tuple[Method, ...] = (
    Method("first", "First touch", "All to the first touch.", partial(_ruled, lambda paths, _: first_touch(paths))),
    Method("last", "Last touch", "All to the last touch.", partial(_ruled, lambda paths, _: last_touch(paths))),
    Method(
        "last_non_direct",
        "Last non-direct touch",
        "All to the last touch that is not direct, or to the last where all are.",
        partial(_ruled, _last_non_direct),
    ),
    Method("linear", "Linear", "The same to every touch.", partial(_ruled, lambda paths, _: linear(paths))),
    Method(
        "position",
        "Position",
        "Most to the first and the last touch, the rest to all between alike.",
        partial(_ruled, lambda paths, setting: position_based(paths, setting.first, setting.last)),
    ),
    Method(
        "time_decay",
        "Time decay",
        "Half as much for each half-life that a touch is older.",
        partial(_ruled, lambda paths, setting: time_decay(paths, setting.half_life)),
        needs_ages=True,
    ),
    *(_markov(order) for order in (1, 2, 3, 4)),
    Method(
        "shapley",
        "Shapley",
        "By what a channel adds to the conversion rate of the channels that it comes together with.",
        lambda paths, _: set_model(paths),
    ),
    Method(
        "shapley_ordered",
        "Shapley, ordered",
        "The same, where the order in which channels were first met makes a difference.",
        lambda paths, _: ordered_model(paths),
    ),
)
