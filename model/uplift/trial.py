"""Trial: sessions of two variants, folded by user and gathered into cells of equal visitors."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats
from model.errors import ModelError
from model.examples import Examples, Feature, Whole
from model.uplift.clustered import sums_by
from model.uplift.options import UpliftOptions

VARIANT = "variant"
MAX_VALUES = 64
MIN_USERS = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """Sessions of control and treatment.

    Attributes
    ----------
    examples : Examples
        The sessions, with the features that effects may depend on; users are numbered from 0 without gaps.
    is_treated : ndarray of bool, shape (n,)
        Whether the session had the treatment.
    fold : ndarray of int, shape (n,)
        Its part; all sessions of a user are in one.
    cells : ndarray of float, shape (m, k)
        Different visitors as learners see them: numbers stand for the band of at most 64 that they lie in.
    cell : ndarray of int, shape (n,)
        The row of ``cells`` of each session.
    n_folds : int
        How many parts.
    """

    examples: Examples
    is_treated: npt.NDArray[np.bool_]
    fold: Whole
    cells: Floats
    cell: Whole
    n_folds: int

    @property
    def judged_folds(self) -> list[int]:
        """Folds that effects are judged on; the first third is only learned from."""
        return list(range(max(self.n_folds // 3, 2), self.n_folds))

    def others(self, fold: int) -> list[int]:
        """Return all folds but one."""
        return [other for other in range(self.n_folds) if other != fold]

    def rows(self, picked: npt.NDArray[np.bool_]) -> "Trial":
        """Return some of the sessions, in the same folds and cells."""
        examples = self.examples.rows(picked)
        return replace(
            self, examples=examples, is_treated=self.is_treated[picked], fold=self.fold[picked], cell=self.cell[picked]
        )

    @property
    def share(self) -> float:
        """Part of the sessions that had the treatment."""
        weight = self.examples.weight
        return float(weight @ self.is_treated / weight.sum())

    @property
    def n_users(self) -> int:
        """How many users there are."""
        return int(self.examples.user.max()) + 1

    def mean(self, values: Floats) -> float:
        """Return the mean of a value over sessions."""
        return float(self.examples.weight @ values / self.examples.weight.sum())

    def rate(self, *, is_treated: bool) -> float:
        """Return the conversion rate of one variant."""
        weight = self.examples.weight * (self.is_treated == is_treated)
        return float(weight @ self.examples.y / weight.sum())

    def is_large(self, code: Whole, n_parts: int, options: UpliftOptions) -> npt.NDArray[np.bool_]:
        """Return which parts have enough sessions, of either outcome, and enough users, of either variant.

        Parameters
        ----------
        code : ndarray of int, shape (n,)
            Part of each session, from 0 on; -1 where it is in none.
        n_parts : int
            How many parts there are.
        options : UpliftOptions
            What is enough.
        """
        rows = np.flatnonzero(code >= 0)
        weight, y = self.examples.weight[rows], self.examples.y[rows]
        place, size = code[rows] * 2 + self.is_treated[rows], 2 * n_parts
        n, converted = (sums_by(place, values, size) for values in (weight, weight * y))
        n_users = np.bincount(np.unique(self.examples.user[rows] * size + place) % size, minlength=size)
        is_enough = (n >= options.min_sessions) & (n_users >= options.min_users)
        is_enough &= np.minimum(converted, n - converted) >= options.min_converted
        return np.asarray(is_enough.reshape(-1, 2).all(axis=1))

    def counts(self) -> tuple[Floats, Floats]:
        """Return sessions and conversions by fold, variant (control first) and cell."""
        shape = (self.n_folds, 2, len(self.cells))
        place = (self.fold * 2 + self.is_treated) * shape[2] + self.cell
        weight, y = self.examples.weight, self.examples.y
        n, converted = (sums_by(place, w, int(np.prod(shape))).reshape(shape) for w in (weight, weight * y))
        return n, converted


def trial_of(examples: Examples, control: str, treatment: str, options: UpliftOptions) -> Trial:
    """Return the sessions of two variants, ready to be compared.

    Parameters
    ----------
    examples : Examples
        With the feature ``variant``; features that are consequences or chosen by the engine are passed over.
    control, treatment : str
        Members of ``variant``.
    options : UpliftOptions
        Folds, seed and the most sessions to learn from.

    Raises
    ------
    ModelError
        Where there is too little of either variant.
    """
    wanted = [_code(examples, name) for name in (control, treatment)]
    variant = examples.column(VARIANT)
    picked = np.isin(variant, wanted) & (examples.weight > 0)
    _check(examples.rows(picked), variant[picked] == wanted[1], (control, treatment), options)
    picked &= _is_kept(examples.user, picked, options)
    user = np.unique(examples.user[picked], return_inverse=True)[1]
    kept = examples.rows(picked).without(*barred(examples.features))
    kept = replace(kept, user=user)
    cells, cell = _gather(kept)
    order = np.random.default_rng([options.seed, 1]).permutation(int(user.max()) + 1)
    return Trial(kept, variant[picked] == wanted[1], order[user] % options.folds, cells, cell, options.folds)


def barred(features: tuple[Feature, ...]) -> tuple[str, ...]:
    """Return the names of the features that effects must not depend on: the variant and what follows from it."""
    return tuple(f.name for f in features if f.name == VARIANT or f.is_post_treatment or f.is_chosen_by_engine)


def _code(examples: Examples, member: str) -> int:
    members = next((f.members for f in examples.features if f.name == VARIANT), ())
    if member not in members:
        raise ModelError(f"there are no sessions of {member!r} to compare; known are: {', '.join(members) or 'none'}")
    return members.index(member)


def _check(
    examples: Examples, is_treated: npt.NDArray[np.bool_], names: tuple[str, str], options: UpliftOptions
) -> None:
    for name, arm in zip(names, (~is_treated, is_treated), strict=True):
        n, converted = examples.weight[arm].sum(), examples.weight[arm] @ examples.y[arm]
        if n < options.min_sessions or min(converted, n - converted) < options.min_converted:
            raise ModelError(
                f"{name} has {n:,.0f} sessions with {converted:,.0f} conversions, which say nothing of whom it is good "
                f"for: load at least {options.min_sessions} of its sessions with {options.min_converted} of either "
                "outcome"
            )
    n_users = len(np.unique(examples.user))
    if n_users < MIN_USERS:
        raise ModelError(
            f"sessions are of {n_users} users only, who say nothing of whom an engine is good for: load sessions of "
            f"at least {MIN_USERS} users"
        )


def _is_kept(user: Whole, picked: npt.NDArray[np.bool_], options: UpliftOptions) -> npt.NDArray[np.bool_]:
    share = options.max_sessions / max(int(picked.sum()), 1)
    if share >= 1:
        return np.ones(len(user), bool)
    luck = np.random.default_rng([options.seed, 2]).random(int(user.max()) + 1)
    return np.asarray(luck[user] < share)


def _gather(examples: Examples) -> tuple[Floats, Whole]:
    """Return the different rows, numbers by their band, and which of them each row is."""
    columns = [
        _in_bands(values) if feature.kind == "number" else values
        for feature, values in zip(examples.features, examples.x.T, strict=True)
    ]
    cell = np.zeros(len(examples), np.int64)
    for values in columns:
        code = np.unique(np.nan_to_num(values, nan=-1.0), return_inverse=True)[1]
        cell = np.unique(cell * (code.max() + 1) + code, return_inverse=True)[1]
    table = np.column_stack(columns) if columns else np.zeros((len(examples), 0))
    first = np.zeros(int(cell.max()) + 1, np.int64)
    first[cell] = np.arange(len(examples))
    return table[first], cell


def _in_bands(values: Floats) -> Floats:
    """Return the smallest value of the band of each value; bands hold about equally many."""
    present = values[np.isfinite(values)]
    distinct = np.unique(present)
    if len(distinct) > MAX_VALUES:
        distinct = np.unique(np.quantile(present, np.arange(MAX_VALUES) / MAX_VALUES, method="lower"))
    if not len(distinct):
        return values
    place = np.clip(np.searchsorted(distinct, values, side="right") - 1, 0, None)
    return np.where(np.isfinite(values), distinct[np.minimum(place, len(distinct) - 1)], np.nan)
