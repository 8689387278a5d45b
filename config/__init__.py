"""The configuration: what may stand in config.yaml, and how it becomes one frozen Config."""

from config.load import DEFAULT_PORT, Config, load_config
from config.spec import CleaningSpec, DisplaySpec, FieldSpec, LookupSpec, RuleSpec, SourceSpec

__all__ = [
    "DEFAULT_PORT",
    "CleaningSpec",
    "Config",
    "DisplaySpec",
    "FieldSpec",
    "LookupSpec",
    "RuleSpec",
    "SourceSpec",
    "load_config",
]
