"""Planning: what a site's own traffic says of the experiments that it can run."""
