"""Which engine for whom."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate
from model.report.scores import Band


@dataclass(frozen=True, slots=True)
class Policy:
    """What an engine by visitor is worth.

    Attributes
    ----------
    value, value_all_treatment, value_all_control : Estimate
        Conversion rate under the policy, and were all served by one engine; doubly robust, cross-fitted.
    over_treatment, over_control, over_better : Estimate
        Policy less each, and less the better of the two; paired. ``over_better`` decides.
    share_treatment : float
        Part of the visitors that the policy gives to the treatment.
    is_refused : bool
        Where the interval of ``over_better`` holds zero.
    sentence : str
        In words.
    """

    value: Estimate
    value_all_treatment: Estimate
    value_all_control: Estimate
    over_treatment: Estimate
    over_control: Estimate
    over_better: Estimate
    share_treatment: float
    is_refused: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class UpliftSegment:
    """Effect of the treatment in one segment; ``p_adjusted`` after Holm over all segments looked at."""

    dimensions: tuple[str, ...]
    members: tuple[str, ...]
    label: str
    effect: Estimate
    p_value: float
    p_adjusted: float
    direction: Literal["gains", "loses", "not shown"]


@dataclass(frozen=True, slots=True)
class UpliftLearner:
    """One way to estimate effects by visitor: its Qini coefficient and AUUC, with intervals."""

    name: str
    label: str
    qini: Estimate
    auuc: Estimate


@dataclass(frozen=True, slots=True)
class Uplift:
    """Which engine for whom.

    Attributes
    ----------
    control, treatment : str
        The variants compared.
    features : tuple of str
        What effects may depend on: neither consequences nor what the engine chose.
    is_randomised : bool
        Whether features fail to tell the variant; with ``p_randomised`` and ``randomisation`` in words.
    average : Estimate
        Effect over everybody, doubly robust; without value where variants were not given at random.
    verdict : {"differs", "no difference shown", "undetermined", "not randomised"}
        On whether the effect differs between visitors; ``sentence`` says it in words, ``p_value`` is of its test.
    learners : tuple of UpliftLearner
        Doubly robust (``dr``), ``x``, ``t`` and ``s``; the first one is used: it ranks visitors in the curve, the
        deciles and the policy.
    qini_curve : tuple of Band
        (share of visitors by falling predicted effect, gained conversions per visitor, low, high).
    deciles : tuple of Estimate
        Effect observed within each tenth of visitors by falling predicted effect.
    segments : tuple of UpliftSegment
        All of one dimension and the first of two, by rising adjusted p.
    n_segments : int
        How many were looked at.
    policy : Policy or None
        None where the verdict forbids one.
    rules : tuple of (str, str)
        (engine, whom) in words, of a policy of at most two questions; empty unless it and ``policy`` are both shown to
        be better than one engine for all.
    rules_policy : Policy or None
        What such rules are worth; None where the verdict forbids a policy.
    """

    control: str
    treatment: str
    features: tuple[str, ...]
    is_randomised: bool
    p_randomised: float
    randomisation: str
    average: Estimate
    verdict: Literal["differs", "no difference shown", "undetermined", "not randomised"]
    p_value: float
    sentence: str
    learners: tuple[UpliftLearner, ...] = ()
    qini_curve: tuple[Band, ...] = ()
    deciles: tuple[Estimate, ...] = ()
    segments: tuple[UpliftSegment, ...] = ()
    n_segments: int = 0
    policy: Policy | None = None
    rules: tuple[tuple[str, str], ...] = ()
    rules_policy: Policy | None = None
