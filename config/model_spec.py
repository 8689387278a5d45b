"""The section `model` of config.yaml."""

from typing import Literal

from pydantic import Field

from config.part import Part


class ModelSpec(Part):
    """How the conversion model is trained, and what a conversion is worth.

    Attributes
    ----------
    engine : {"local", "dask"}
        Where LightGBM trains: in this process, or on the cluster whose scheduler DASK_SCHEDULER names.
    trees, depth : int
        Most trees, and levels of each.
    folds : int
        Parts for cross-fitting.
    trials : int
        Settings that the search tries where there is a signal; 0: none.
    max_sessions : int
        Most sessions that models are judged on; the model itself learns from all where it can.
    seed : int
        Equal seeds and data give equal models, to the byte.
    value_of_conversion, cost_of_action : float
        In the currency of ``display``; where the slider of the threshold starts.
    train_on_start : bool
        Whether serving trains in the background where no model is of the data. No part of ``repr``: no model depends
        on it.
    """

    engine: Literal["local", "dask"] = "local"
    trees: int = Field(default=150, ge=1, le=5_000)
    depth: int = Field(default=3, ge=1, le=12)
    folds: int = Field(default=5, ge=2, le=20)
    trials: int = Field(default=20, ge=0, le=1_000)
    max_sessions: int = Field(default=1_000_000, ge=1_000)
    seed: int = Field(default=42, ge=0, lt=1 << 31)
    value_of_conversion: float = Field(default=100.0, gt=0)
    cost_of_action: float = Field(default=30.0, ge=0)
    train_on_start: bool = Field(default=True, repr=False)
