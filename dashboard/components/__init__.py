"""The fixed parts of a page: made once, filled by the browser."""
