"""Jobs: long work in processes of its own, one after the other, shared by the processes of a server."""

from semantic.jobs.queue import JobError, Queue, Terms

__all__ = ["JobError", "Queue", "Terms"]
