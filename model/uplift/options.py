"""Options: how engines are compared by visitor."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class UpliftOptions:
    """How engines are compared by visitor; the defaults are those of docs/methods/uplift.md.

    Attributes
    ----------
    confidence : float
        Of intervals; segments are called at this level too.
    folds : int
        Parts by user, at least 3; effects in one are learned from the earlier ones, those of the first third are not
        judged.
    seed : int
        Equal seeds give equal results.
    edges : mapping of str to tuple of float
        Where numbers are cut into bands for segments and rules; a number that is not named is cut at its fifths.
    alpha : float
        Level of the two verdicts: that variants were given at random, and that the effect differs.
    min_sessions, min_converted, min_users : int
        What a segment must have of either variant; of very few users an error clustered by user is too small.
    max_sessions : int
        More than this are not learned from: whole users are left out at random.
    """

    confidence: float = 0.95
    folds: int = 6
    seed: int = 0
    edges: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    alpha: float = 0.01
    min_sessions: int = 100
    min_converted: int = 10
    min_users: int = 20
    max_sessions: int = 1_000_000
