"""What an engine costs: fixed, by request, for people, and once."""

from dataclasses import dataclass

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


@dataclass(frozen=True, slots=True)
class EngineCost:
    """What an engine costs, in the currency of the ledger; taken as known, without error.

    Attributes
    ----------
    fixed_per_month : float
        Licence, machines.
    people_per_month : float
        Those who run it.
    per_thousand_requests : float
        Price of a thousand requests.
    one_off : float
        Spent once, to bring it in.
    """

    fixed_per_month: float = 0.0
    people_per_month: float = 0.0
    per_thousand_requests: float = 0.0
    one_off: float = 0.0

    def __sub__(self, other: "EngineCost") -> "EngineCost":
        return EngineCost(
            self.fixed_per_month - other.fixed_per_month,
            self.people_per_month - other.people_per_month,
            self.per_thousand_requests - other.per_thousand_requests,
            self.one_off - other.one_off,
        )

    def running(self, days: float, n_requests: float) -> float:
        """Return what it costs to run, without what is spent once.

        Parameters
        ----------
        days : float
            How long.
        n_requests : float
            Requests served in that time.

        Examples
        --------
        >>> EngineCost(fixed_per_month=300, per_thousand_requests=2).running(365.25, 50_000)
        3700.0
        """
        monthly = self.fixed_per_month + self.people_per_month
        return monthly * days / DAYS_PER_MONTH + self.per_thousand_requests * n_requests / 1_000
