"""Cards of the Planner: each makes a sheet from the plan; `asked` holds what the reader chooses."""
