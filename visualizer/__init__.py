"""Draws a graph as one HTML file: model -> pyvis -> bytes with their Content-Security-Policy."""

from visualizer.page import Page, View, draw
from visualizer.stories import stories_of

__all__ = ["Page", "View", "draw", "stories_of"]
