"""Replay: the site's own users, assigned anew at random many times over."""
