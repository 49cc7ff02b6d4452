"""An editor's day: a template for a new event, a JSON Schema for the editor's completion, and the lint of a data set."""

from graphapi.editing.lint import Finding, lint
from graphapi.editing.schema import SCHEMA_FILE, data_file_schema
from graphapi.editing.template import NewEvent, event_template, head_template

__all__ = ["SCHEMA_FILE", "Finding", "NewEvent", "data_file_schema", "event_template", "head_template", "lint"]
