"""What-if of explainerdashboard with the trees and rows given, in an environment of its own; tells its times."""

import json
import sys
import time
import warnings
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd

warnings.simplefilter("ignore")

from explainerdashboard import ClassifierExplainer, ExplainerDashboard  # noqa: E402

SECONDS = 40


def explainer_of(folder):
    """Return an explainer of the trees and rows in a folder."""
    found = np.load(folder / "rows.npz", allow_pickle=False)
    frame = pd.DataFrame(found["x"], columns=[str(name) for name in found["names"]])
    model = lightgbm.LGBMClassifier(n_jobs=1, verbosity=-1)
    model.fit(frame.iloc[:200], found["y"][:200].astype(int))
    model._Booster = lightgbm.Booster(model_file=str(folder / "trees.txt"))
    return ClassifierExplainer(model, frame, pd.Series(found["y"].astype(int)), shap="tree", n_jobs=1)


def value_of(layout, key):
    """Return the value that a component has when the page opens."""
    name, prop = key["id"], key["property"]
    return {"id": name, "property": prop, "value": layout.get(name, {}).get(prop)}


def components(node, found):
    """Return the properties of all components by their ids."""
    if isinstance(node, list):
        for child in node:
            components(child, found)
    elif isinstance(node, dict) and "props" in node:
        props = node["props"]
        if isinstance(props.get("id"), str):
            found[props["id"]] = props
        components(props.get("children"), found)
    return found


def answers(client, callbacks, layout, changed):
    """Return the seconds in which the server answers all that follows from one changed attribute."""
    begin = time.perf_counter()
    for callback in callbacks:
        inputs = [value_of(layout, key) for key in callback["inputs"]]
        body = {
            "output": callback["output"],
            "outputs": outputs_of(callback["output"]),
            "inputs": inputs,
            "state": [value_of(layout, key) for key in callback["state"]],
            "changedPropIds": [changed],
        }
        response = client.post("/_dash-update-component", json=body)
        assert response.status_code in (200, 204), (response.status_code, response.text[:300])
    return time.perf_counter() - begin


def outputs_of(text):
    """Return the outputs of a callback as the browser names them."""
    parts = [part.rpartition(".") for part in text.strip(".").split("...")]
    named = [{"id": name, "property": prop.partition("@")[0]} for name, _, prop in parts]
    return named if text.startswith("..") else named[0]


def main(folder):
    """Print when the page could be had, and how long an answer takes."""
    board = ExplainerDashboard(
        explainer_of(folder), importances=False, model_summary=False, contributions=False, shap_dependence=False,
        shap_interaction=False, decision_trees=False, whatif=True,
    )  # fmt: skip
    client = board.flask_server().test_client()
    layout = components(json.loads(client.get("/_dash-layout").text), {})
    ready_at = time.time()
    asked = json.loads(client.get("/_dash-dependencies").text)
    age = next(name for name in layout if name.startswith("feature-input-age"))
    following = [
        each
        for each in asked
        if any(key["id"] == age for key in each["inputs"]) and not each.get("clientside_function")
    ]
    seconds: list[float] = []
    deadline = time.perf_counter() + SECONDS
    while time.perf_counter() < deadline and len(seconds) < 200:
        layout[age]["value"] = 18 + len(seconds) % 40
        seconds.append(answers(client, following, layout, f"{age}.value"))
    p50, p99 = np.quantile(seconds[1:], [0.5, 0.99]) * 1000
    print(
        json.dumps(
            {"ready_at": ready_at, "p50_ms": p50, "p99_ms": p99, "n_callbacks": len(following), "n": len(seconds)}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
