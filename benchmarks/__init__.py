"""Measurements of speed and memory; `make bench` runs them and writes results.md beside this file."""
