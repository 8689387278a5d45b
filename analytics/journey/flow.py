"""Flows: how many units go from node to node at each position, by group, ready to be compared."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments
from analytics.funnel.log import Codes, Places
from analytics.journey.path import Paths


@dataclass(frozen=True, slots=True)
class Flows:
    """Edges between nodes of neighbouring positions.

    Attributes
    ----------
    position : ndarray of int, shape (edges,)
        Position of the source; the target stands at the next.
    source, target : ndarray of int, shape (edges,)
        Places in the labels of the paths.
    n : ndarray of float, shape (edges, groups)
        Units that went this way.
    n_units : ndarray of float, shape (groups,)
        All units with a path.
    arm : Arm
        Share of all paths that went this way, of the shape (edges, groups): ``arm.interval()`` is that of each group,
        `compare` tells New from Old.
    """

    position: Places
    source: Places
    target: Places
    n: Floats
    n_units: Floats
    arm: Arm


def flows_of(paths: Paths, group: Codes, n_groups: int) -> Flows:
    """Return what flows between nodes in each group.

    Parameters
    ----------
    paths : Paths
        One path a unit.
    group : ndarray of int, shape (units,)
        Group of each unit, such as its engine; -1 leaves it out.
    n_groups : int
        How many there are.

    Notes
    -----
    Shares are of all paths of a group, so groups compare whatever came before. Where sessions are counted, their
    variance is that over users: with x the paths of a user that go along an edge and b all of his, the sums of
    x, x², xb, b and b² over users are all that is needed.
    """
    known = group >= 0
    nodes, group, user = paths.nodes[known], group[known], paths.user[known]
    unit, position = np.nonzero(nodes[:, 1:] >= 0)
    n_labels = len(paths.labels)
    key = (position * n_labels + nodes[unit, position]) * n_labels + nodes[unit, position + 1]
    edges, edge = np.unique(key, return_inverse=True)
    owner, paths_of_owner, group_of_owner = _owners(user, group, n_groups)
    moments = _moments(edge, owner[unit], (paths_of_owner, group_of_owner), (edges.size, n_groups))
    position, pair = np.divmod(edges, n_labels**2)
    n_units = np.bincount(group, minlength=n_groups).astype(np.float64)
    arm = arms_of(moments, np.broadcast_to(n_units, moments.n.shape), is_rate=True)
    return Flows(position, pair // n_labels, pair % n_labels, moments.totals[..., 0], n_units, arm)


def _owners(user: Codes, group: Codes, n_groups: int) -> tuple[Places, Floats, Codes]:
    """Return the user of each path within its group, how many paths each has, and his group."""
    _, dense = np.unique(user, return_inverse=True)
    owners, owner, n_paths = np.unique(dense * n_groups + group, return_inverse=True, return_counts=True)
    return owner, n_paths.astype(np.float64), owners % n_groups


def _moments(edge: Places, owner: Places, owners: tuple[Floats, Codes], shape: tuple[int, int]) -> Moments:
    """Return sums over users of how many of their paths go along each edge, and of all of their paths."""
    n_paths, group = owners
    cells, times = np.unique(edge * max(n_paths.size, 1) + owner, return_counts=True)
    edge, owner = np.divmod(cells, max(n_paths.size, 1))
    place = edge * shape[1] + group[owner]

    def by_edge(values: Floats) -> Floats:
        return np.bincount(place, values, shape[0] * shape[1]).reshape(shape).astype(np.float64)

    def by_group(values: Floats) -> Floats:
        return np.bincount(group, values, shape[1]).astype(np.float64)

    x = times.astype(np.float64)
    products = [by_edge(x**2), by_edge(x * n_paths[owner]), by_group(n_paths**2)]
    return Moments.of(by_group(np.ones_like(n_paths)), [by_edge(x), by_group(n_paths)], products)
