"""Jobs: files that people drop to have them scored, one after the other, in processes of their own."""

from model.jobs.jobs import Jobs
from model.jobs.status import JobError, JobStatus

__all__ = ["JobError", "JobStatus", "Jobs"]
