"""Simulated sessions as frames, for the tests of what they look like."""

import pandas as pd

from etl.sources.synthetic import SyntheticSource
from etl.sources.synthetic.drawing import Profile

ELEVEN = ["User_ID", "Session_ID", "Age", "Gender", "Device_Type", "Location", "Time_Spent", "Pages_Viewed"]
ELEVEN += ["Recommended_Product_Category", "Recommendation_Engine", "Converted"]
PROFILES: tuple[Profile, ...] = ("planted", "null", "seed")


def drawn(profile: Profile, sessions: int = 200_000, seed: int = 42) -> pd.DataFrame:
    """Return all sessions of a profile."""
    parts = [batch.table.to_pandas() for batch in SyntheticSource(profile, sessions, seed).batches()]
    frame: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return frame
