"""Runs in the environment of marketing-attribution-models: journeys from standard input, its answers to output."""

import importlib
import json
import sys
from typing import Any

RULES = {
    "first": "run_first_click",
    "last": "run_last_click",
    "linear": "run_linear",
    "position": "run_position_based",
    "time_decay": "run_time_decay",
}


def by_channel(result: Any) -> dict[str, float]:
    """Return credit by channel from a table of it."""
    return {row["channels"]: row["attribution"] for row in result.iter_rows(named=True)}


def answers(drawn: dict[str, Any], worth: str) -> dict[str, Any]:
    """Return its credit of conversions or of value, by model."""
    polars, mam = (importlib.import_module(name) for name in ("polars", "mam"))
    shapley = importlib.import_module("mam.models.shapley").ShapleyModel
    table = {
        "journey_id": list(range(len(drawn["paths"]))),
        "channels": [" > ".join(path) for path in drawn["paths"]],
        "ages": [" > ".join(map(str, ages)) for ages in drawn["ages"]],
        "converted": drawn["converted"],
        "worth": drawn[worth],
    }
    asked = mam.MAM(
        polars.DataFrame(table),
        format_type="journey",
        channels_colname="channels",
        journey_with_conv_colname="converted",
        user_id_colname="journey_id",
        time_till_conv_colname="ages",
        conversion_value_colname="worth",
    )
    found: dict[str, Any] = {name: by_channel(getattr(asked, run)().to_polars()) for name, run in RULES.items()}
    for name, is_ordered in (("shapley", False), ("shapley_ordered", True)):
        model = shapley(max_size=None)
        model._compute_shapley(asked.unified_df, order=is_ordered)
        found[name] = by_channel(model.get_aggregated_results(asked.unified_df))
    markov = asked.run_markov().metadata
    found["states"] = markov["channels_names"]
    found["transitions"] = markov["transition_matrix"].to_numpy().tolist()
    found["removal"] = markov["removal_effect"]["removal_effect"].to_dict()
    return found


if __name__ == "__main__":
    asked_for = json.load(sys.stdin)
    print(json.dumps({worth: answers(asked_for, worth) for worth in ("converted", "value")}))
