"""Ordered Shapley: as Shapley, but journeys that met the same channels in another order are other journeys."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.attribution.credit import Credit
from analytics.attribution.paths import Codes, Paths, sums_by
from analytics.experiment.interval import Floats
from semantic.errors import ProductError

MAX_LOOKUPS = 1 << 26
"""Sub-sequences of all different journeys together that are looked at at most."""

Nodes = npt.NDArray[np.int32]

_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Orders of first touches as a tree: each node is one order, its children are one channel longer.

    Attributes
    ----------
    children : ndarray of int32, shape (nodes + 1, channels)
        The node behind each channel; the last row, which leads to itself, is for what never occurred.
    node : ndarray of int, shape (paths,)
        The order of each path; 0 is that of none.
    orders : tuple of (ndarray of int, ndarray of int)
        For each length from 1, the nodes of that length and their channels in order.
    """

    children: Nodes
    node: Codes
    orders: tuple[tuple[Codes, Codes], ...]


def first_touches(paths: Paths) -> Paths:
    """Return the same journeys with the first touch of each channel only.

    Parameters
    ----------
    paths : Paths
        The journeys.
    """
    seen = paths.owner * max(paths.n_channels, 1) + paths.channels
    keep = np.zeros(len(seen), dtype=bool)
    keep[np.unique(seen, return_index=True)[1]] = True
    lengths = np.bincount(paths.owner[keep], minlength=len(paths.counts))
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return Paths(paths.channels[keep], offsets, paths.counts, paths.conversions, paths.value, paths.n_channels)


def tree_of(paths: Paths) -> Tree:
    """Return the orders of first touches that occur, and their beginnings.

    Parameters
    ----------
    paths : Paths
        Journeys with the first touch of each channel only.
    """
    node = np.zeros(len(paths.counts), dtype=np.int64)
    edges, orders, n_nodes = [], [], 1
    sequences = np.zeros((1, 0), dtype=np.int64)
    first = 0
    for place in range(int(paths.lengths.max(initial=0))):
        longer = paths.lengths > place
        channel = paths.channels[paths.offsets[:-1][longer] + place]
        pairs, found = np.unique(node[longer] * paths.n_channels + channel, return_inverse=True)
        node[longer] = n_nodes + found
        parent, behind = np.divmod(pairs, paths.n_channels)
        sequences = np.column_stack((sequences[parent - first], behind))
        first = n_nodes
        n_nodes += len(pairs)
        edges.append((parent, behind))
        orders.append((np.arange(first, n_nodes), sequences))
    children = np.full((n_nodes + 1, paths.n_channels), n_nodes, dtype=np.int32)
    for (parent, behind), (nodes, _) in zip(edges, orders, strict=True):
        children[parent, behind] = nodes
    return Tree(children, node, tuple(orders))


def ordered_model(paths: Paths) -> Callable[[Paths], Credit]:
    """Return a function from weights of the same paths to the credit of channels.

    Parameters
    ----------
    paths : Paths
        The journeys; equal ones added up beforehand make it fast.

    Notes
    -----
    An order S of channels is worth v(S), the conversion rate of the journeys that met exactly these in this order of
    first touches. A journey of the order T shares its conversion by the Shapley values of the game whose coalitions are
    the sub-sequences of T.

    References
    ----------
    Zhao, K., Mahboobi, S. H., Bagheri, S. R. (2018). Shapley value methods for attribution modeling in online
    advertising. arXiv:1804.05327.
    """
    tree = tree_of(first_touches(paths))
    converted = sums_by(tree.node, paths.conversions, len(tree.children)) > 0
    games = [(nodes[converted[nodes]], orders[converted[nodes]]) for nodes, orders in tree.orders]
    lookups = sum(len(nodes) << orders.shape[1] for nodes, orders in games)
    if lookups > MAX_LOOKUPS:
        raise ProductError(
            f"Ordered Shapley credit would take {lookups:,} sub-sequences, but at most {MAX_LOOKUPS:,} are looked at;"
            " merge rare channels into one or shorten the lookback window."
        )

    def credit(weighted: Paths) -> Credit:
        sums = [
            sums_by(tree.node, weights, len(tree.children))
            for weights in (weighted.counts, weighted.conversions, weighted.value)
        ]
        rate = np.divide(sums[1], sums[0], out=np.zeros(len(sums[0])), where=sums[0] > 0)
        rate[0] = 0.0
        found = sum((_of_length(tree, game, rate, sums) for game in games), np.zeros((2, weighted.n_channels)))
        return Credit(found[0], found[1], float(sums[1][0]), float(sums[2][0]))

    return credit


def ordered_credit(paths: Paths) -> Credit:
    """Return what each channel gets by the order in which journeys first met their channels.

    Parameters
    ----------
    paths : Paths
        The journeys.
    """
    different = paths.aggregated()
    return ordered_model(different)(different)


def _of_length(tree: Tree, game: tuple[Codes, Codes], rate: Floats, sums: list[Floats]) -> Floats:
    """Return the credit within all orders of one length."""
    every, orders = game
    size, n_channels = orders.shape[1], tree.children.shape[1]
    weights, found = _weights(size), np.zeros((2, n_channels))
    step = max(_AT_ONCE >> size, 1)
    for begin in range(0, len(every), step):
        nodes, order = every[begin : begin + step], orders[begin : begin + step]
        values = rate[_subsequences(tree.children, order)] @ weights
        scale = np.divide(1.0, rate[nodes], out=np.zeros(len(nodes)), where=rate[nodes] > 0)
        for row, target in enumerate(sums[1:]):
            given = values * (target[nodes] * scale)[:, None]
            found[row] += sums_by(order.ravel(), given.ravel(), n_channels)
    return found


def _subsequences(children: Nodes, order: Codes) -> Nodes:
    """Return the node of each sub-sequence; its bits tell which places are in it."""
    nodes = np.zeros((len(order), 1), dtype=np.int32)
    for place in range(order.shape[1]):
        nodes = np.concatenate((nodes, children[nodes, order[:, place, None]]), axis=1)
    return nodes


def _weights(size: int) -> Floats:
    """Return what each coalition of a game of some players counts for each of them."""
    coalition = np.arange(1 << size)
    inside = (coalition[:, None] >> np.arange(size) & 1).astype(bool)
    members = inside.sum(axis=1)
    factorial = np.cumprod(np.concatenate(([1.0], np.arange(1, size + 1))))
    joins = factorial[np.maximum(members - 1, 0)] * factorial[size - members] / factorial[size]
    stays = factorial[members] * factorial[np.maximum(size - members - 1, 0)] / factorial[size]
    return np.asarray(np.where(inside, joins[:, None], -stays[:, None]), dtype=np.float64)
