"""Numbers of the validity gate: whether a comparison of variants can be trusted, as pure functions of counts."""
