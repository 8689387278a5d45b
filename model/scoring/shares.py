"""Shares: proportions within the members of a dimension, and of each against the rest of it."""

from dataclasses import dataclass

import numpy as np

from analytics.estimate import Estimate, estimates
from analytics.experiment.interval import Interval
from model.examples import Floats, Whole
from model.scored import Scored, summed
from model.scoring.influence import clustered_wilson, effective_n, two_sided

COUNTED = ("sessions", "converted", "selected", "found")
SHARES = {
    "base_rate": ("converted", "sessions"),
    "selected": ("selected", "sessions"),
    "recall": ("found", "converted"),
    "precision": ("found", "selected"),
}
"""Each share as what is counted of what; ``found`` is selected and converted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One share in k groups; groups of one part share no session.

    Attributes
    ----------
    value, n : ndarray of float, shape (k,)
        Share, and the sessions that it is of.
    effective : ndarray of float, shape (k,)
        Its effective number of sessions.
    variance : ndarray of float, shape (k,)
        Clustered by user.
    """

    value: Floats
    n: Floats
    effective: Floats
    variance: Floats

    def interval(self, confidence: float) -> Interval:
        """Return the shares with Wilson's intervals."""
        return clustered_wilson(self.value, self.effective, confidence)


@dataclass(frozen=True, slots=True)
class Groups:
    """What is counted in k groups of sessions, and users behind it.

    Attributes
    ----------
    counts : ndarray of float, shape (k, 4)
        In the order of `COUNTED`.
    products : ndarray of float, shape (k, 4, 4)
        Sums over users of the products of their counts.
    n_users : ndarray of float, shape (k, 4)
        Users with any of each count.
    """

    counts: Floats
    products: Floats
    n_users: Floats

    def excess(self, name: str) -> Floats:
        """Return the combination of counts whose sum over users is the error of a share, shape (k, 4)."""
        over, of = (COUNTED.index(part) for part in SHARES[name])
        found = np.zeros_like(self.counts)
        with np.errstate(divide="ignore", invalid="ignore"):
            found[:, over] = 1 / self.counts[:, of]
            found[:, of] = -self.counts[:, over] / self.counts[:, of] ** 2
        return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)

    def part(self, name: str) -> Part:
        """Return a share of `SHARES` in each group."""
        over, of = (COUNTED.index(part) for part in SHARES[name])
        n, users, excess = self.counts[:, of], self.n_users[:, of], self.excess(name)
        with np.errstate(divide="ignore", invalid="ignore"):
            value, least = self.counts[:, over] / n, n**2 / self.products[:, of, of]
        factor = np.where(users > 1, users / np.maximum(users - 1, 1), 0)
        variance = factor * np.einsum("ki,kij,kj->k", excess, self.products, excess)
        return Part(value, n, effective_n(value, variance, n, least), variance)


@dataclass(frozen=True, slots=True)
class MemberShares:
    """Shares within members of one dimension, and in the rest of it for each.

    Attributes
    ----------
    members, rest : Groups
        Sessions of each member, and all others.
    between : ndarray of float, shape (k, 4, 4)
        Sums over users of the products of their counts in a member and in the rest of it.
    """

    members: Groups
    rest: Groups
    between: Floats

    def estimates(self, name: str, confidence: float) -> tuple[Estimate, ...]:
        """Return a share in each member, with Wilson's interval on its effective number of sessions."""
        part = self.members.part(name)
        return estimates(part.interval(confidence), part.n)

    def differences(self, name: str, confidence: float) -> tuple[tuple[Estimate, ...], list[float]]:
        """Return a share in each member less that in the rest, and two-sided p-values.

        Parameters
        ----------
        name : str
            One of `SHARES`.
        confidence : float
            Two-sided level in (0, 1).

        Notes
        -----
        The interval joins the Wilson intervals of both shares by squares; their correlation comes from users with
        sessions in both. The p-value is of a normal test with the common share's variance on the same effective
        numbers.

        References
        ----------
        Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in
        Medicine 17, 873-890. Zou, G. Y., Donner, A. (2008). Construction of confidence limits about effect measures: a
        general approach. Statistics in Medicine 27, 1693-1702.
        """
        one, other = self.members.part(name), self.rest.part(name)
        shared = np.einsum("ki,kij,kj->k", self.members.excess(name), self.between, self.rest.excess(name))
        with np.errstate(divide="ignore", invalid="ignore"):
            correlation = np.nan_to_num(shared / np.sqrt(one.variance * other.variance), posinf=0.0, neginf=0.0)
            pooled = (one.value * one.n + other.value * other.n) / (one.n + other.n)
            error, other_error = (np.sqrt(pooled * (1 - pooled) / part.effective) for part in (one, other))
        value, inner, outer = one.value - other.value, one.interval(confidence), other.interval(confidence)
        low = value - _joined(one.value - inner.low, outer.high - other.value, correlation)
        high = value + _joined(inner.high - one.value, other.value - outer.low, correlation)
        p_values = [two_sided(*pair) for pair in zip(value, _joined(error, other_error, correlation), strict=True)]
        return estimates(Interval(value, low, high), np.nan_to_num(one.n + other.n)), p_values


def member_shares(scored: Scored, is_selected: Floats, code: Whole, n_members: int) -> MemberShares:
    """Return what is counted in each member of a dimension.

    Parameters
    ----------
    scored : Scored
        Rows with weights and users.
    is_selected : ndarray of float, shape (n,)
        1 where a row is selected, else 0.
    code : ndarray of int, shape (n,)
        Member of each row.
    n_members : int
        How many there are.
    """
    values = scored.weight * np.array([np.ones(len(scored)), scored.y, is_selected, is_selected * scored.y])
    users = np.array([scored.by_user(row) for row in values])
    pairs, pair = _pairs(scored, code, n_members)
    counts = np.array([summed(pair, row, len(pairs)) for row in values])
    member, whole = pairs % n_members, users[:, pairs // n_members]
    inside, beside = _products(counts, counts, (member, n_members)), _products(counts, whole, (member, n_members))
    within = Groups(_sums(counts, member, n_members), inside, _sums((counts > 0).astype(np.float64), member, n_members))
    leaving = (users > 0).sum(axis=1) - _sums(((counts > 0) & (counts == whole)).astype(np.float64), member, n_members)
    turned = beside.transpose(0, 2, 1)
    outside = Groups(users.sum(axis=1) - within.counts, users @ users.T - beside - turned + inside, leaving)
    return MemberShares(within, outside, beside - inside)


def _pairs(scored: Scored, code: Whole, n_members: int) -> tuple[Whole, Whole]:
    """Return the pairs of user and member that occur, and the pair of each row."""
    pairs, pair = np.unique(scored.cluster * n_members + code, return_inverse=True)
    return pairs, pair


def _sums(rows: Floats, member: Whole, n_members: int) -> Floats:
    return np.array([summed(member, row, n_members) for row in rows]).T


def _products(one: Floats, other: Floats, of: tuple[Whole, int]) -> Floats:
    found = [[summed(of[0], a * b, of[1]) for b in other] for a in one]
    return np.array(found).transpose(2, 0, 1)


def _joined(one: Floats, other: Floats, correlation: Floats) -> Floats:
    """Return the errors of differences from those of their two parts."""
    return np.asarray(np.sqrt(np.maximum(one**2 + other**2 - 2 * correlation * one * other, 0.0)))
