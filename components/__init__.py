"""Draws or asks one thing each; could sit on any page."""
