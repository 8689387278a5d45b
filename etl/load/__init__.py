"""Clean sessions into the database: in bulk, once each, and visible all at once."""
