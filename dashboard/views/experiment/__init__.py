"""Cards of the Experiment page: each makes a sheet from the result of an analysis; `shown` holds what they share."""
