"""What was learned from, and what was held out."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class FeatureFacts:
    """One feature of a model; ``members`` are of a category, ``low`` to ``high`` the range of a number."""

    name: str
    label: str
    kind: Literal["category", "number"]
    unit: str = ""
    members: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    is_post_treatment: bool = False


@dataclass(frozen=True, slots=True)
class Leak:
    """A column that tells the outcome.

    Attributes
    ----------
    name, label : str
        Of the column.
    auc : Estimate
        Of that column alone.
    why : str
        One sentence with the finding.
    is_left_out : bool
        True where it is the outcome in other words, False where it is near to it and only named.
    """

    name: str
    label: str
    auc: Estimate
    why: str
    is_left_out: bool


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What was learned from.

    Attributes
    ----------
    version : int
        Version of the data.
    hash : str
        SHA-256 of what the rows follow from: equal where the same source was loaded again.
    origin : str
        ``observed`` or ``simulated``.
    n_sessions, n_converted, n_sampled : int
        In the data, and looked at to judge the models (whole users, at most ``model.max_sessions``).
    n_users : int
        Users among those looked at; 0 where users are not known.
    base_rate : Estimate
        Conversion rate of the data.
    first_day, last_day : str
        ISO days; empty without time.
    """

    version: int
    hash: str
    origin: str
    n_sessions: int
    n_converted: int
    n_sampled: int
    n_users: int
    base_rate: Estimate
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class HoldOut:
    """What models are judged on.

    Attributes
    ----------
    kind : {"later", "random"}
        ``later``: all its sessions began after those that were learned from.
    first_day : str
        ISO day from which on sessions are held out; empty where it is random.
    n_train, n_test : int
        Sessions learned from, and held out; no user is in both.
    n_left_out : int
        Sessions before the cut that are in neither, because their user comes back after it.
    n_users : int
        Users held out; 0 where users are not known.
    base_rate : Estimate
        Of the sessions held out.
    why : str
        One sentence: why no later part is held out where there is a time; else empty.
    """

    kind: Literal["later", "random"]
    first_day: str
    n_train: int
    n_test: int
    n_left_out: int
    n_users: int
    base_rate: Estimate
    why: str = ""
