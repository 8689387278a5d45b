"""Filtered: whether the filter keeps sessions by something that the engine may have changed."""

from analytics.checks.check import Check
from analytics.checks.observed import Observed
from analytics.checks.words import listed

NAME, LABEL = "filter", "Filter on consequences"
_LEFT_OUT = "The other checks leave that out."


def check_filter(observed: Observed) -> Check:
    """Return whether the filter names dimensions that an engine may have changed.

    Notes
    -----
    Within a consequence of the treatment the groups are no longer alike: whoever stays long with a poor engine is not
    like whoever stays long with a good one. All other checks leave such clauses out.

    References
    ----------
    Rosenbaum, P. R. (1984). The consequences of adjustment for a concomitant variable that has been affected by the
    treatment. JRSS A 147, 656-666.
    """
    dimensions = [observed.catalog.dimension(name) for name in observed.request.where.dimensions]
    late = [d.label for d in dimensions if d.is_post_treatment]
    chosen = [d.label for d in dimensions if d.is_chosen_by_engine and not d.is_post_treatment]
    if late:
        told = f"The filter keeps sessions by {listed(late)}, measured after the engine acted"
        sentence = f"{told}: engines no longer have the same kind of {observed.unit}s. {_LEFT_OUT}"
        return Check(NAME, LABEL, "failed", sentence, f"Take {listed(late)} out of the filter.")
    if chosen:
        told = f"The filter keeps sessions by {listed(chosen)}, which the engine chose"
        sentence = f"{told}: each engine may have chosen it for others. {_LEFT_OUT}"
        return Check(NAME, LABEL, "warning", sentence, f"Take {listed(chosen)} out of the filter before deciding.")
    if not dimensions:
        return Check(NAME, LABEL, "passed", "No filter is set: nothing is left out.")
    told = listed([d.label for d in dimensions])
    return Check(NAME, LABEL, "passed", f"The filter keeps sessions by {told}, which no engine can have changed.")
