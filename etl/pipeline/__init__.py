"""Extract, clean, validate, load: the whole way of a source into the database, and back out."""

from etl.pipeline.append import append
from etl.pipeline.load import load

__all__ = ["append", "load"]
