"""renew: train where no version was trained on this data with this configuration, and serve it once it is safe."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from config import Config
from model.checked import check, checked_with
from model.drift import drift_of
from model.heartbeat import Heartbeat
from model.registry import Registry, Renewal
from model.registry.trainings import begin_training, end_training
from model.telling import Tell
from model.trained import Trained
from semantic.data_hash import data_hash
from semantic.errors import ProductError
from semantic.store import Store


def renew(config: Config, store: Store, tell: Tell, *, force: bool = False) -> Renewal:
    """Return the version of this data and configuration, trained where there is none.

    Parameters
    ----------
    config : Config
        How to train.
    store : Store
        The data.
    tell : callable
        Told each phase.
    force : bool
        Train also where there is such a version.

    Raises
    ------
    ModelError
        Where the data cannot teach a model, or what was trained cannot be loaded; what was served still is.
    StoreError
        Where the database is away, or another training runs.

    Notes
    -----
    Where the newest version is of this data, nothing is done, so that a choice by `Registry.promote` holds. Where an
    older one is, the data is what it was then, and so is the model: it is served again.
    """
    registry, started = Registry(config), time.monotonic()
    held = None if force else registry.held(data_hash(store))
    if held:
        is_newest = held.version == registry.versions()[0].version
        if not is_newest and not held.is_promoted:
            registry.promote(held.version)
        return Renewal(held.version, False, held.is_promoted or not is_newest, time.monotonic() - started)
    with _training(registry) as heartbeat:
        version = _trained(config, store, registry, heartbeat.told(tell))
    return Renewal(version, True, True, time.monotonic() - started)


def train(config: Config, store: Store, tell: Tell) -> Trained:
    """Return what a training finds; its libraries are loaded only where one is needed."""
    from model.training import train as learn

    return learn(config, store, tell)


def _trained(config: Config, store: Store, registry: Registry, tell: Tell) -> int:
    """Return the number of a new version that is served, now that another process has loaded it."""
    trained = train(config, store, tell)
    version = registry.save(trained, int(time.time() * 1_000), promote=False)
    stored = registry.read(version)
    check(stored)
    registry.promote(version, checked_with())
    tell("comparing the newest sessions with those before", 0, 1)
    with suppress(ProductError):  # the version is served; without the comparison the page says that there is none
        registry.save_drift(version, drift_of(config, store, stored))
    return version


@contextmanager
def _training(registry: Registry) -> Iterator[Heartbeat]:
    """Hold the only training, and write down how it ends."""
    number = begin_training(registry)
    try:
        with Heartbeat(registry, number) as heartbeat:
            yield heartbeat
    except ProductError as error:
        end_training(registry, number, "failed", str(error))
        raise
    except KeyboardInterrupt:
        end_training(registry, number, "interrupted", "it was stopped")
        raise
    except Exception as error:
        end_training(registry, number, "failed", f"{type(error).__name__}: {error}")
        raise
    end_training(registry, number, "succeeded")
