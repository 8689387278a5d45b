"""What heterogeneity says, in sentences: only what survives correction for everything that was looked at."""

from collections.abc import Sequence

from analytics.checks.words import counted, listed
from analytics.estimate import Estimate
from analytics.experiment.plan import Plan
from analytics.heterogeneity.result import DimensionEffect, SegmentEffect, TreatmentSegments
from analytics.outcome import has_users
from semantic.catalog import Catalog

_MOST_NAMED = 3
_FEW = 0.005
_NO_BREAK = "\u00a0"


def segments_headline(
    treatment: str, whole: SegmentEffect, segments: Sequence[SegmentEffect], dimensions: Sequence[DimensionEffect]
) -> str:
    """Return for whom a treatment works, as far as that is shown.

    Parameters
    ----------
    treatment : str
        Its name.
    whole : SegmentEffect
        Everybody.
    segments : sequence of SegmentEffect
        Everything that was looked at.
    dimensions : sequence of DimensionEffect
        Whether effects differ along each.
    """
    if not segments:
        return f"There are no segments to compare {treatment} in."
    named = [*_standing(segments), *_reversed(segments)][:_MOST_NAMED]
    differing = [one for one in dimensions if one.differs]
    if not named and not differing:
        return _none_differs(treatment, segments)
    told = [f"{_name(one)} ({_verdict(one)})" for one in named]
    by = listed([" × ".join(one.labels).lower() for one in differing[:_MOST_NAMED]])
    first = f"The effect of {treatment} differs by {by}." if by else ""
    second = f"By more than chance: {listed(told)}." if told else "No single segment stands out by more than chance."
    return " ".join(filter(None, (first, second, _as_whole(whole))))


def _standing(segments: Sequence[SegmentEffect]) -> list[SegmentEffect]:
    """Return those that stand out, single dimensions first, the surest first; not both of two members."""
    single = sorted((one for one in segments if one.stands_out and len(one.members) == 1), key=_sureness)
    cells = sorted((one for one in segments if one.stands_out and len(one.members) > 1), key=_sureness)
    told: list[SegmentEffect] = []
    for one in [*single, *cells]:
        same = [other for other in told if _dimensions(other) == _dimensions(one)]
        if not same or (one.direction != "not shown" and all(one.direction != other.direction for other in same)):
            told.append(one)
    return told


def _reversed(segments: Sequence[SegmentEffect]) -> list[SegmentEffect]:
    return sorted((one for one in segments if one.is_reversed and not one.stands_out), key=_sureness)


def _sureness(one: SegmentEffect) -> tuple[float, float]:
    return (1.0 if one.p_beyond_holm is None else one.p_beyond_holm, 1.0 if one.p_beyond is None else one.p_beyond)


def _dimensions(one: SegmentEffect) -> tuple[str, ...]:
    return tuple(member.dimension for member in one.members)


def _name(one: SegmentEffect) -> str:
    return " × ".join(member.member for member in one.members)


def _verdict(one: SegmentEffect) -> str:
    more = one.beyond is not None and (one.beyond.value or 0.0) > 0
    place = "the others" if len(one.members) == 1 else "either dimension explains"
    compared = f"{'more' if more else 'less'} than {place}" if one.stands_out else "against the rest"
    lead = {"gains": "gains", "loses": "loses", "not shown": "no effect shown of its own"}[one.direction]
    return f"{lead}, {percent(one.lift)}, {compared}" if one.lift.value is not None else f"{lead}, {compared}"


def _as_whole(whole: SegmentEffect) -> str:
    return f"Everybody together: {percent(whole.lift)}." if whole.lift.value is not None else ""


def _none_differs(treatment: str, segments: Sequence[SegmentEffect]) -> str:
    shown = [one for one in segments if one.direction != "not shown"]
    looked = f"{counted(len(segments), 'segment')} looked at"
    if not shown:
        return f"No segment can be told from another: of {looked}, none stands out by more than chance."
    words = {one.direction for one in shown}
    verb = "an effect" if len(words) > 1 else "a gain" if "gains" in words else "a loss"
    return (
        f"{treatment} shows {verb} in {len(shown):,} of {looked}, but none differs from the others by more than chance."
    )


def percent(estimate: Estimate) -> str:
    """Return a lift with its interval.

    Examples
    --------
    >>> percent(Estimate(0.112, 0.08, 0.1449, 100)).replace("\u00a0", " ")
    'lift +11.2 %, interval +8.0 to +14.5 %'
    """
    value = f"lift {100 * (estimate.value or 0.0):+.1f}{_NO_BREAK}%"
    if estimate.low is not None and estimate.high is not None:
        value += f", interval {100 * estimate.low:+.1f} to {100 * estimate.high:+.1f}{_NO_BREAK}%"
    return value.replace("-", "\u2212")


def segments_warnings(
    asked: Sequence[str], treatments: Sequence[TreatmentSegments], catalog: Catalog, plan: Plan
) -> tuple[str, ...]:
    """Return what else must be known to read segments.

    Parameters
    ----------
    asked : sequence of str
        Dimensions that segments are made of, and those that the filter is on.
    treatments : sequence of TreatmentSegments
        What was found.
    catalog : Catalog
        What dimensions are to the engine.
    plan : Plan
        What decided.
    """
    told = [_of_dimension(catalog, name) for name in dict.fromkeys(asked)]
    if not has_users(catalog):
        told.append("The log names no users, so each session counts as one of its own.")
    found = treatments[0].dimensions if treatments else ()
    crossing = [one.labels[0] for one in found if len(one.names) == 1 and one.share_in_several > _FEW]
    if crossing:
        told.append(
            f"Some users stand in several segments by {listed([label.lower() for label in crossing])}. Differences "
            "between those segments are tested as if they were different users, which errs to the safe side."
        )
    if plan.method == "group_sequential":
        told.append("Whether a dimension matters at all is judged by evidence that holds at every look.")
    return tuple(filter(None, told))


def _of_dimension(catalog: Catalog, name: str) -> str:
    dimension = catalog.dimension(name)
    if dimension.is_post_treatment:
        return (
            f"{dimension.label} is measured after the engine acted: its segments hold different visitors under each "
            "engine, so their effects are no effects."
        )
    if dimension.is_chosen_by_engine:
        return f"{dimension.label} is chosen by the engine: its segments hold different visitors under each engine."
    return ""
