"""Batch: a file of sessions to the same file with scores and reasons."""

from model.batch.score_file import BatchFiles, BatchOutcome, score_file

__all__ = ["BatchFiles", "BatchOutcome", "score_file"]
