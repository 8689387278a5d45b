"""EffectsResult: what each treatment does to each outcome, as documented values."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate

Shown = Literal["more", "less", "hint", "open", "unknown"]
"""What may be said: more or less than control, only before correction for the number of outcomes, neither, nothing."""


@dataclass(frozen=True, slots=True)
class ArmOfOutcome:
    """What one variant measured.

    Attributes
    ----------
    variant : str
        Its name.
    value : Estimate
        The outcome with an interval of its own, for one look; n are sessions, or users where it is per user.
    design_effect : float or None
        How many times the variance is that of as many independent sessions; None for what is no rate.
    """

    variant: str
    value: Estimate
    design_effect: float | None


@dataclass(frozen=True, slots=True)
class AdjustedEffect:
    """The same effect less what was known of users before the experiment (CUPED).

    Attributes
    ----------
    difference, lift : Estimate
        As of `TreatmentEffect`.
    p_value : float or None
        Of "no effect".
    variance_kept : float or None
        Variance of the difference by that without adjustment.
    """

    difference: Estimate
    lift: Estimate
    p_value: float | None
    variance_kept: float | None


@dataclass(frozen=True, slots=True)
class TreatmentEffect:
    """One outcome of one treatment against control.

    Attributes
    ----------
    treatment : str
        Its name.
    difference : Estimate
        Treatment minus control, in the unit of the outcome.
    lift : Estimate
        The same by control's value, a fraction; an end is None where the data do not bound it.
    p_value : float or None
        Of "no effect", under the plan, for all treatments together; below 1 - confidence exactly where the intervals
        exclude 0.
    adjusted_p_value : float or None
        Corrected for the outcomes that do not decide (Holm); that of the deciding outcome is ``p_value``.
    shown : {"more", "less", "hint", "open", "unknown"}
        What may be said.
    is_exact : bool
        Whether the exact test of small counts decided.
    chance_to_beat : float or None
        Probability that the treatment has more of it, given the data alone; for one look.
    loss_of_treatment, loss_of_control : float or None
        What choosing it costs on average where more is better, in the unit of the outcome.
    credible : Estimate
        Difference with its credible interval.
    adjusted : AdjustedEffect or None
        None where nothing was known before.
    sentence : str
        The same in words.
    """

    treatment: str
    difference: Estimate
    lift: Estimate
    p_value: float | None
    adjusted_p_value: float | None
    shown: Shown
    is_exact: bool
    chance_to_beat: float | None
    loss_of_treatment: float | None
    loss_of_control: float | None
    credible: Estimate
    adjusted: AdjustedEffect | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeEffects:
    """One outcome of all variants.

    Attributes
    ----------
    name, label, unit, description, per, is_rate, is_post_treatment, capped_of
        As of `Outcome`.
    is_deciding, is_guardrail : bool
        Its part in the plan.
    cap : float or None
        Where sums of users were cut off.
    arms : tuple of ArmOfOutcome
        One for each variant, control first.
    effects : tuple of TreatmentEffect
        One for each treatment.
    """

    name: str
    label: str
    unit: str
    description: str
    per: Literal["session", "user"]
    is_rate: bool
    is_post_treatment: bool
    capped_of: str
    is_deciding: bool
    is_guardrail: bool
    cap: float | None
    arms: tuple[ArmOfOutcome, ...]
    effects: tuple[TreatmentEffect, ...]


@dataclass(frozen=True, slots=True)
class ArmCount:
    """How many one variant served.

    Attributes
    ----------
    variant : str
        Its name.
    n_users, n_sessions : int
        In the selection.
    """

    variant: str
    n_users: int
    n_sessions: int


@dataclass(frozen=True, slots=True)
class EffectsResult:
    """What the treatments do.

    Attributes
    ----------
    control : str
        Name of control.
    method : {"sequential", "fixed", "group_sequential"}
        What decides.
    confidence : float
        Level of all treatments together.
    alternative : {"two-sided", "greater", "less"}
        What is held against "no effect".
    headline : str
        What the deciding outcome says, in one sentence.
    arms : tuple of ArmCount
        The variants that have users, control first.
    n_crossed : int
        Users with sessions of more than one variant; they count once in each.
    outcomes : tuple of OutcomeEffects
        The deciding one first; none where there is nothing to compare.
    warnings : tuple of str
        What else must be known to read the numbers, in sentences.
    """

    control: str
    method: str
    confidence: float
    alternative: str
    headline: str
    arms: tuple[ArmCount, ...]
    n_crossed: int
    outcomes: tuple[OutcomeEffects, ...]
    warnings: tuple[str, ...]
