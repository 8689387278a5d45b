"""Distributed training: LightGBM's Dask interface on the cluster whose scheduler the environment names."""

import warnings
from collections.abc import Mapping
from typing import Any

import lightgbm
import numpy as np

from model.examples import Examples
from model.trees import MOST_BINNED_ROWS, TreeSettings, check_outcomes, sealed
from semantic.errors import ConfigError, StoreError

SCHEDULER = "DASK_SCHEDULER"
_PATIENCE_S = 10


def scheduler_of(environ: Mapping[str, str]) -> str:
    """Return the URL of the scheduler.

    Raises
    ------
    ConfigError
        Where the environment names none.
    """
    url = environ.get(SCHEDULER, "").strip()
    if not url:
        raise ConfigError(
            f"model.engine is dask, but {SCHEDULER} is not set; "
            "set it, as in tcp://10.0.0.5:8786, or write engine: local"
        )
    return url


def grow_on_cluster(examples: Examples, settings: TreeSettings, scheduler_url: str, seed: int) -> lightgbm.Booster:
    """Return trees grown by all workers of a cluster together, each on its part of the rows.

    Parameters
    ----------
    examples : Examples
        To learn from; rows are dealt to the workers by the seed.
    settings : TreeSettings
        How; all trees are grown, without early stopping.
    scheduler_url : str
        Such as ``tcp://10.0.0.5:8786``.
    seed : int
        Equal seeds deal equally.

    Returns
    -------
    lightgbm.Booster
        As of `grow`. Each worker chooses the bins of some features from its own rows, so trees differ in their last
        digits with the number of workers and are not equal to the byte.

    Raises
    ------
    InputError
        Without a session of each outcome.
    StoreError
        Where the scheduler does not answer within ten seconds, or has no workers.
    """
    check_outcomes(examples)
    client = _client_of(scheduler_url)
    try:
        with client.as_current():
            return sealed(_fitted(client, examples, settings, seed).booster_, examples)
    finally:
        client.close()


def _fitted(client: Any, examples: Examples, settings: TreeSettings, seed: int) -> Any:
    parameters: dict[str, Any] = settings.parameters(examples.base_rate, seed)
    n_binned = min(len(examples), MOST_BINNED_ROWS)
    learner = lightgbm.DaskLGBMClassifier(
        client=client, n_estimators=settings.trees, bin_construct_sample_cnt=n_binned, **parameters
    )
    x, y, weight = _dealt(client, _workers_of(client), examples, seed)
    categories = [feature.name for feature in examples.features if feature.kind == "category"]
    with warnings.catch_warnings():  # LightGBM warns of n_jobs, which its own constructor sets
        warnings.filterwarnings("ignore", "Parameter n_jobs will be ignored", UserWarning)
        return learner.fit(x, y, weight, feature_name=list(examples.names), categorical_feature=categories)


def _client_of(scheduler_url: str) -> Any:
    import distributed

    connect: Any = distributed.Client
    try:
        return connect(scheduler_url, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"the Dask scheduler at {scheduler_url} does not answer within {_PATIENCE_S} s; "
            f"start it, or mend {SCHEDULER}"
        ) from error


def _workers_of(client: Any) -> list[str]:
    workers = sorted(client.scheduler_info(n_workers=-1)["workers"])
    if not workers:
        raise StoreError(f"the Dask scheduler at {client.scheduler.addr} has no workers; start some beside it")
    return workers


def _dealt(client: Any, workers: list[str], examples: Examples, seed: int) -> list[Any]:
    """Return x, y and weight as Dask arrays with one block on each worker."""
    dealt = np.random.default_rng(seed).permutation(len(examples))
    shares = [share for share in np.array_split(dealt, len(workers)) if len(share)]
    columns = (examples.x, examples.y, examples.weight)
    return [_spread(client, workers, [column[share] for share in shares]) for column in columns]


def _spread(client: Any, workers: list[str], parts: list[Any]) -> Any:
    import dask.array
    from dask.delayed import delayed

    arrays: Any = dask.array
    blocks = []
    for worker, part in zip(workers, parts, strict=False):
        held = client.scatter(part, workers=[worker], hash=False)
        blocks.append(arrays.from_delayed(delayed(held), part.shape, part.dtype))
    return arrays.concatenate(blocks)
