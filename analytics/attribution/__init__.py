"""Attribution: which channels of a journey get credit for its conversion, as pure functions of arrays."""
