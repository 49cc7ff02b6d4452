"""Cypher by other people: what may be asked, and how it is asked without harm. `reading.answer` is the only door."""
