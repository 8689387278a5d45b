"""Jobs: files that people drop to have them scored, one after the other, in processes of their own."""

from model.jobs.jobs import Jobs
from model.jobs.status import JobStatus
from semantic.jobs import JobError

__all__ = ["JobError", "JobStatus", "Jobs"]
