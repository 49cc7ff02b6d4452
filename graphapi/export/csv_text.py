"""Tables as CSV that a spreadsheet opens by a double click and does not run: RFC 4180, UTF-8 with a byte order mark."""

import csv
import io
from datetime import date
from typing import Any

import orjson

from graphapi.model import Table

MEDIA_TYPE = "text/csv"
# What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"
BETWEEN = "; "


def write_csv(table: Table) -> bytes:
    """Return a table as CSV with its columns as first line; Excel reads the byte order mark as a sign of UTF-8, Python as utf-8-sig."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([table.columns, *(map(cell, row) for row in table.rows)])
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8", "replace")


def cell(value: Any) -> str | int | float:
    """Return a value as one cell: numbers as they are, lists joined by `; `, maps as JSON, nothing for None, formulas defused."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    return defuse(plain_text(value))


def defuse(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain_text(value: Any) -> str:
    """Return a value as text: lists joined by `; `, maps as JSON, dates as ISO texts."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and not any(isinstance(item, dict | list) for item in value):
        return BETWEEN.join(plain_text(item) for item in value)
    if isinstance(value, dict | list | tuple):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str).decode()
    return value.isoformat() if isinstance(value, date) else str(value)
