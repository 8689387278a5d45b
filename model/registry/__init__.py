"""The registry: versions of the model kept beside the data, whole or not at all, one of them served."""

from model.registry.records import ModelVersion, State, Stored, TaskSummary, Training
from model.registry.registry import Registry

__all__ = ["ModelVersion", "Registry", "State", "Stored", "TaskSummary", "Training"]
