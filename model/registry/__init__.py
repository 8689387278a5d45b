"""The registry: versions of the model kept beside the data, whole or not at all, one of them served."""

from model.registry.records import ModelVersion, Renewal, State, Stored, TaskSummary, Training
from model.registry.registry import Registry

__all__ = ["ModelVersion", "Registry", "Renewal", "State", "Stored", "TaskSummary", "Training"]
