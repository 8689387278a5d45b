import socket
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from distributed import LocalCluster
from sklearn.metrics import log_loss, roc_auc_score

from model.distributed import grow_on_cluster, scheduler_of
from model.trees import TreeSettings, grow
from semantic.errors import ConfigError, InputError, StoreError
from tests.model.planted import planted

SETTINGS = TreeSettings(trees=60)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Yield the URL of a cluster of two worker processes on free ports of this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0"
    ) as cluster:
        yield cluster.scheduler_address


def test_a_scheduler_that_is_not_named_is_asked_for() -> None:
    with pytest.raises(ConfigError, match=r"DASK_SCHEDULER is not set; set it, as in tcp:"):
        scheduler_of({"DASK_SCHEDULER": " "})


def test_the_scheduler_is_the_one_that_the_environment_names() -> None:
    assert scheduler_of({"DASK_SCHEDULER": "tcp://host:1"}) == "tcp://host:1"


def test_one_outcome_is_refused_before_a_cluster_is_asked() -> None:
    examples = planted(100).arrival
    with pytest.raises(InputError, match="one outcome"):
        grow_on_cluster(replace(examples, y=np.zeros(100)), SETTINGS, "tcp://127.0.0.1:1", 1)


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_told_in_a_sentence() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(StoreError, match="does not answer within 10 s"):
            grow_on_cluster(planted(100).arrival, SETTINGS, url, 1)


@pytest.mark.slow
def test_two_workers_do_as_well_as_one_process(scheduler: str) -> None:
    examples, others = planted(60_000).arrival, planted(60_000, seed=2).arrival
    score = grow_on_cluster(examples, SETTINGS, scheduler, 1).predict(others.x, num_threads=1)
    alone = grow(examples, SETTINGS, 1).predict(others.x, num_threads=1)
    assert log_loss(others.y, score) == pytest.approx(log_loss(others.y, alone), rel=0.01)
    assert roc_auc_score(others.y, score) == pytest.approx(roc_auc_score(others.y, alone), abs=0.005)


@pytest.mark.slow
def test_cells_count_as_sessions_on_a_cluster_too(scheduler: str) -> None:
    cells = planted(60_000).arrival.gathered()
    booster = grow_on_cluster(cells, SETTINGS, scheduler, 1)
    assert booster.num_trees() == SETTINGS.trees
    assert "num_machines" not in booster.model_to_string()
    assert booster.predict(cells.x, num_threads=1) @ cells.weight / 60_000 == pytest.approx(cells.base_rate, abs=0.002)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told_in_a_sentence() -> None:
    with (
        LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=":0") as cluster,
        pytest.raises(StoreError, match="has no workers"),
    ):
        grow_on_cluster(planted(100).arrival, SETTINGS, cluster.scheduler_address, 1)
