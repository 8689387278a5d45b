"""Contest: two rankers share one list (team draft), and each has its own; what sessions click on."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats
from analytics.simulation.draws import generator_of
from semantic.errors import InputError

SESSIONS_A_BLOCK = 5000

Ranks = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Contest:
    """Two rankers over the same items.

    Attributes
    ----------
    n_items, n_shown : int
        Items that there are, and places of the list.
    noise, noise_new : float
        How far each ranker's opinion of an item is off its relevance (standard
        deviation); relevance is uniform in [0, 1].
    click : float
        Chance that an item of relevance 1 is clicked when it is looked at.
    patience : float
        Chance to look at the next place, in (0, 1].
    converts : float
        Chance that a click converts.
    confidence : float
        Of both tests.
    sessions, seed : int
        Sessions that are simulated, and what makes them the same again.
    """

    n_items: int = 30
    n_shown: int = 10
    noise: float = 0.5
    noise_new: float = 0.45
    click: float = 0.15
    patience: float = 0.8
    converts: float = 0.1
    confidence: float = 0.95
    sessions: int = 100_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Clicks:
    """What one block of sessions did; one element for each session.

    Attributes
    ----------
    old, new : ndarray of float
        Clicks on the list of one ranker alone.
    gain : ndarray of float
        Clicks expected on the new ranker's list less those on the old one's, of the same session.
    lead : ndarray of float
        Interleaved: clicks on the new ranker's items less those on the old one's.
    lead_expected : ndarray of float
        The same before anybody clicks.
    """

    old: Floats
    new: Floats
    gain: Floats
    lead: Floats
    lead_expected: Floats


def check(contest: Contest) -> Contest:
    """Return a contest that can be run; raises InputError where it cannot."""
    c = contest
    rules = (
        (2 <= c.n_items <= 200, f"the number of items must be from 2 to 200, not {c.n_items}"),
        (1 <= c.n_shown <= c.n_items, f"places of the list must be from 1 to {c.n_items}, not {c.n_shown}"),
        (min(c.noise, c.noise_new) >= 0 and max(c.noise, c.noise_new) <= 100, "noise must be from 0 to 100"),
        (0 < c.click <= 1, f"the chance to click must be above 0, at most 100 %, not {c.click:.0%}"),
        (0 < c.converts <= 1, f"clicks that convert must be above 0, at most 100 %, not {c.converts:.0%}"),
        (0 < c.patience <= 1, f"the chance to look further must be above 0, at most 100 %, not {c.patience:.0%}"),
        (0.5 < c.confidence <= 0.9999, "the confidence must be above 50 %, at most 99.99 %"),
        (1000 <= c.sessions <= 1_000_000, f"sessions must be 1,000 to 1,000,000, not {c.sessions}"),
        (c.sessions * c.n_items * c.n_shown <= 60_000_000, "this is too much to draw; take fewer sessions or items"),
    )
    for holds, said in rules:
        if not holds:
            raise InputError(said)
    return contest


def team_draft(
    old: Ranks, new: Ranks, n_shown: int, random: np.random.Generator
) -> tuple[Ranks, npt.NDArray[np.bool_]]:
    """Return the items that are shown in one list for both rankers, and which the new one has put there.

    Parameters
    ----------
    old, new : ndarray of int, shape (sessions, items)
        Items as each ranks them, best first.
    n_shown : int
        Places of the list.
    random : Generator
        Says who begins.

    Notes
    -----
    In each round both teams put in their best item that is not in yet; a coin says which team goes first.

    References
    ----------
    Radlinski, F., Kurup, M., Joachims, T. (2008). How does clickthrough data reflect retrieval quality? CIKM, 43-52.
    """
    rows = np.arange(old.shape[0])
    is_taken = np.zeros(old.shape, dtype=bool)
    shown, is_new = np.zeros((rows.size, n_shown), dtype=np.intp), np.zeros((rows.size, n_shown), dtype=bool)
    first = random.random((rows.size, -(-n_shown // 2))) < 0.5
    for place in range(n_shown):
        is_new[:, place] = first[:, place // 2] ^ bool(place % 2)
        order = np.where(is_new[:, place, None], new, old)
        is_free = ~np.take_along_axis(is_taken, order, axis=1)
        shown[:, place] = order[rows, is_free.argmax(axis=1)]
        is_taken[rows, shown[:, place]] = True
    return shown, is_new


def contests(contest: Contest) -> Iterator[Clicks]:
    """Yield what each block of sessions did."""
    for block in range(-(-contest.sessions // SESSIONS_A_BLOCK)):
        size = min(SESSIONS_A_BLOCK, contest.sessions - block * SESSIONS_A_BLOCK)
        yield _clicks(contest, size, generator_of(contest.seed, block))


def _clicks(contest: Contest, size: int, random: np.random.Generator) -> Clicks:
    relevance = random.random((size, contest.n_items))
    old, new = (
        np.argsort(-(relevance + noise * random.standard_normal(relevance.shape)), axis=1)
        for noise in (contest.noise, contest.noise_new)
    )

    def chances(shown: Ranks) -> Floats:
        looked = contest.patience ** np.arange(shown.shape[1])
        return np.asarray(contest.click * looked * np.take_along_axis(relevance, shown, axis=1))

    alone = [chances(order[:, : contest.n_shown]) for order in (old, new)]
    clicks = [(random.random(chance.shape) < chance).sum(axis=1).astype(np.float64) for chance in alone]
    shown, is_new = team_draft(old, new, contest.n_shown, random)
    shared, sign = chances(shown), np.where(is_new, 1.0, -1.0)
    lead = ((random.random(shared.shape) < shared) * sign).sum(axis=1)
    return Clicks(clicks[0], clicks[1], alone[1].sum(axis=1) - alone[0].sum(axis=1), lead, (shared * sign).sum(axis=1))
