"""What novelty says, in sentences: whether an effect lasts, and since when it is shown."""

from collections.abc import Sequence

from analytics.checks.words import p_text
from analytics.estimate import Estimate
from analytics.heterogeneity.words import percent
from analytics.novelty.result import Fading, Look


def fading_sentence(treatment: str, fading: Fading, whole: Estimate) -> str:
    """Return whether the effect of a treatment lasts, as far as that is shown.

    Parameters
    ----------
    treatment : str
        Its name.
    fading : Fading
        Test of the trend.
    whole : Estimate
        Lift over all days.
    """
    if fading.verdict == "unknown":
        return f"Whether the effect of {treatment} lasts cannot be told: too few users come back."
    later = f" After the first day: {percent(fading.after_first_day)}." if _is_told(fading.after_first_day) else ""
    p_value = p_text(fading.p_value if fading.p_value is not None else 1.0)
    if fading.verdict == "not shown":
        all_days = f" Over all days: {percent(whole)}." if _is_told(whole) else ""
        return (
            f"It is not shown that the effect of {treatment} changes as users get used to it ({p_value})."
            f"{all_days}{later}"
        )
    verb = "fades" if fading.verdict == "fades" else "grows"
    return f"The effect of {treatment} {verb} as users get used to it ({p_value}).{later}"


def evidence_sentence(treatment: str, looks: Sequence[Look], confidence: float) -> str:
    """Return since when an effect is shown.

    Parameters
    ----------
    treatment : str
        Its name.
    looks : sequence of Look
        In their order.
    confidence : float
        Level of all together.
    """
    if not looks:
        return f"There is nothing to look at of {treatment} yet."
    shown = [look for look in looks if look.p_value is not None and look.p_value < 1 - confidence]
    if not shown:
        return f"At none of {len(looks)} looks was an effect of {treatment} shown; one may look again at any time."
    now = looks[-1]
    verb = "more" if (shown[0].lift.value or 0.0) > 0 else "less"
    first = (
        f"{treatment} was first shown to do {verb} than control on {shown[0].day}, at look {looks.index(shown[0]) + 1}"
    )
    if now not in shown:
        return f"{first} of {len(looks)}, which holds; the present interval alone does not show it."
    return f"{first} of {len(looks)}, and is so now ({percent(now.lift)})."


def _is_told(estimate: Estimate) -> bool:
    return None not in (estimate.value, estimate.low, estimate.high)
