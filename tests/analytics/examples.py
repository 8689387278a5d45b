"""Parameters with which each analysis can be run over the sample."""

from analytics import Analysis, Params

_PARAMS = {
    "heatmap": Params(by="device", across="location"),
    "relation": Params(by="time_spent_s"),
}


def example_params(analysis: Analysis) -> Params:
    """Return parameters that the analysis can answer; those that it does not read do not matter."""
    return _PARAMS.get(analysis.name, Params(by="device"))
