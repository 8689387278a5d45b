"""The section `experiment` of config.yaml."""

from datetime import date

from pydantic import Field, field_validator, model_validator

from config.part import Part
from semantic.experiment import Method


class ExperimentSpec(Part):
    """How the comparison of engines was planned.

    Attributes
    ----------
    started_on : date or None
        Sessions before this day are no outcomes; what users did in them makes the comparison sharper.
    shares : mapping of str to float
        Planned share of the users for each engine, in any scale, such as ``{Old: 50, New: 50}``; empty: equal shares.
    method : {"sequential", "fixed", "group_sequential"}
        What decides: an interval that holds at every look, one look at ``planned_units``, or ``looks`` until then.
    metric : str
        Name of the metric that decides.
    guardrails : tuple of str
        Names of metrics that must not get worse.
    guardrail_margin : float
        Loss in a guardrail that is accepted, a fraction of control.
    smallest_effect : float
        The smallest lift worth acting on, a fraction of control; 0: any.
    planned_units : int
        Users at which the experiment is planned to end; 0: not planned.
    looks : int
        Looks planned until then.
    """

    started_on: date | None = None
    shares: dict[str, float] = Field(default_factory=dict)
    method: Method = "sequential"
    metric: str = "conversion_rate"
    guardrails: tuple[str, ...] = ()
    guardrail_margin: float = Field(default=0.05, ge=0, lt=1)
    smallest_effect: float = Field(default=0.0, ge=0, lt=1)
    planned_units: int = Field(default=0, ge=0)
    looks: int = Field(default=10, ge=1, le=365)

    @field_validator("shares")
    @classmethod
    def _positive(cls, value: dict[str, float]) -> dict[str, float]:
        if any(share <= 0 for share in value.values()):
            raise ValueError(f"shares are {value}, must be above 0; leave out an engine that nobody gets")
        return value

    @model_validator(mode="after")
    def _planned(self) -> "ExperimentSpec":
        if self.method != "sequential" and not self.planned_units:
            raise ValueError(f"method is {self.method}, which needs the planned size; give planned_units")
        return self
