"""Part: what every section of config.yaml is, frozen and without unknown keys."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A section whose keys are all known and never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)
