"""Mend damaged Chinese text: pure functions from a text to a text, with every edit and every doubt written down."""
