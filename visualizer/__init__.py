"""Draws a graph as one HTML file: model -> pyvis -> bytes with their Content-Security-Policy."""

from visualizer.page import Page, View, draw

__all__ = ["Page", "View", "draw"]
