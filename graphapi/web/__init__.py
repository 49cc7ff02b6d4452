"""The service: REST under /api/v1, pages, health; the only place that knows FastAPI."""
