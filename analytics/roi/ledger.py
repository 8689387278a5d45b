"""Ledger: sums of sessions, orders and money over users, and the figures that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments
from semantic.errors import UnknownNameError, unknown_name

COLUMNS = ("sessions", "orders", "revenue", "refunds", "goods")
"""What is summed over each user: money in one currency; goods is what was paid for what was sold and not returned."""

REVENUE: Mapping[str, float] = {"revenue": 1.0}
MARGIN: Mapping[str, float] = {"revenue": 1.0, "refunds": -1.0, "goods": -1.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a ledger.

    Attributes
    ----------
    weights : mapping of str to float
        Columns of the numerator.
    per : str, optional
        Column of the denominator; without it, users.
    """

    weights: Mapping[str, float]
    per: str | None = None


FIGURES: Mapping[str, Figure] = {
    "revenue_per_session": Figure(REVENUE, "sessions"),
    "revenue_per_user": Figure(REVENUE),
    "orders_per_session": Figure({"orders": 1.0}, "sessions"),
    "order_value": Figure(REVENUE, "orders"),
    "refund_share": Figure({"refunds": 1.0}, "revenue"),
    "margin_per_session": Figure(MARGIN, "sessions"),
    "margin_per_user": Figure(MARGIN),
    "margin_share": Figure(MARGIN, "revenue"),
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Sums over users of variants, segments and so on.

    Attributes
    ----------
    moments : Moments
        Of the columns `COLUMNS`, in this order.
    """

    moments: Moments

    def __getitem__(self, place: int) -> "Ledger":
        moments = self.moments
        return Ledger(Moments(moments.n[..., place], moments.totals[..., place, :], moments.products[..., place, :, :]))

    @property
    def n_users(self) -> Floats:
        """Users."""
        return self.moments.n

    def total(self, column: str) -> Floats:
        """Return the sum of a column over all users."""
        return np.asarray(self.moments.totals[..., COLUMNS.index(column)])

    def arm(self, name: str) -> Arm:
        """Return a figure with its variance over users: ``interval()`` is its own, `compare` tells two apart.

        Parameters
        ----------
        name : str
            One of `FIGURES`.
        """
        if name not in FIGURES:
            raise UnknownNameError(unknown_name("figure", name, FIGURES))
        figure = FIGURES[name]
        denominator = [] if figure.per is None else [{figure.per: 1.0}]
        return arms_of(combined(self.moments, [figure.weights, *denominator]), self.total("sessions"))


def combined(moments: Moments, rows: list[Mapping[str, float]]) -> Moments:
    """Return the moments of weighted sums of the columns of a ledger.

    Parameters
    ----------
    moments : Moments
        Of the columns `COLUMNS`.
    rows : list of mapping of str to float
        Weights of the columns of each sum.
    """
    weights = np.array([[row.get(column, 0.0) for column in COLUMNS] for row in rows])
    return Moments(moments.n, moments.totals @ weights.T, weights @ moments.products @ weights.T)
