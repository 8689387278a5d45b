"""LightGBM's native text: nothing in it but the trees, and its counts in sessions."""

import re
from itertools import pairwise

import lightgbm
import numpy as np

from model.examples import Examples, Floats, Whole

_ROWS_AT_ONCE = 1 << 16
_TREE = re.compile(r"^Tree=", re.MULTILINE)


def without_parameters(text: str) -> str:
    """Return a model's text without the parameters of its training, such as the number of threads."""
    trees, _, rest = text.partition("\nparameters:\n")
    return trees + rest.partition("\nend of parameters\n")[2]


def counted_in_sessions(text: str, booster: lightgbm.Booster, examples: Examples) -> str:
    """Return a model's text with the sessions of each leaf and node in place of the rows.

    Parameters
    ----------
    text : str
        Without parameters.
    booster : lightgbm.Booster
        Loaded from it.
    examples : Examples
        That it was trained on; LightGBM counts each row once whatever its weight, and weighs contributions by that.
    """
    head, *trees = _parts(text)
    tail_at = trees[-1].index("end of trees")
    trees[-1], tail = trees[-1][:tail_at], trees[-1][tail_at:]
    counts = _leaf_counts(booster, examples)
    recounted = [_recounted(tree, count) for tree, count in zip(trees, counts, strict=True)]
    sizes = " ".join(str(len(tree.encode())) for tree in recounted)
    head = re.sub(r"^tree_sizes=.*$", f"tree_sizes={sizes}", head, flags=re.MULTILINE)
    return head + "".join(recounted) + tail


def _parts(text: str) -> list[str]:
    starts = [0, *(match.start() for match in _TREE.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def _leaf_counts(booster: lightgbm.Booster, examples: Examples) -> Floats:
    """Return how many sessions are in each leaf; shape (trees, most leaves)."""
    n_trees = booster.num_trees()
    counts = np.zeros((n_trees, 0))
    for first in range(0, len(examples), _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        leaf = np.asarray(booster.predict(examples.x[part], pred_leaf=True, num_threads=1), np.int64).reshape(
            -1, n_trees
        )
        width = max(counts.shape[1], int(leaf.max()) + 1)
        counts = np.pad(counts, ((0, 0), (0, width - counts.shape[1])))
        for tree in range(n_trees):
            counts[tree] += np.bincount(leaf[:, tree], examples.weight[part], width)
    return counts


def _recounted(tree: str, counts: Floats) -> str:
    """Return the text of one tree with other counts; nodes come after the node that they hang on."""
    n_leaves = len(_numbers(tree, "leaf_value"))
    leaves = np.maximum(np.rint(counts[:n_leaves]), 1).astype(np.int64)
    left, right = (_numbers(tree, f"{side}_child").astype(np.int64) for side in ("left", "right"))
    nodes = np.zeros(len(left), np.int64)
    for node in reversed(range(len(left))):
        nodes[node] = sum(nodes[child] if child >= 0 else leaves[~child] for child in (left[node], right[node]))
    return _with_numbers(_with_numbers(tree, "leaf_count", leaves), "internal_count", nodes)


def _numbers(tree: str, key: str) -> Floats:
    found = re.search(rf"^{key}=(.*)$", tree, re.MULTILINE)
    return np.array(found[1].split() if found else [], dtype=np.float64)


def _with_numbers(tree: str, key: str, numbers: Whole) -> str:
    return re.sub(rf"^{key}=.*$", f"{key}={' '.join(map(str, numbers))}", tree, flags=re.MULTILINE)
