"""What a person reads when something went wrong."""

import sys
import traceback

import click

from graphapi.errors import DatasetRefused, ParleyError

CONTROL = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def explain(error: ParleyError) -> None:
    """Print the message, each fault on its own line, and what to do."""
    if isinstance(error, DatasetRefused):
        for fault in error.faults:
            tell(str(fault))
    tell(f"parley: {error.message}")
    if error.hint:
        tell(f"        {error.hint}")


def explain_unexpected(error: Exception, debug: bool) -> int:
    """Print one sentence on an error that is a fault of ours, with the traceback when asked; return the exit code."""
    if debug:
        traceback.print_exception(error, file=sys.stderr)
    kind = type(error).__name__
    text = " ".join(str(error).split())
    tell(f"parley: This is a fault of Parley itself: {kind}{': ' + text if text else ''}.")
    if not debug:
        tell("        Run it again with --debug after the word parley, and report what it prints: CONTRIBUTING.md says where and how.")
    return 70


def tell(sentence: str) -> None:
    """Print a line on standard error, without the control characters that data could smuggle into a terminal."""
    click.echo(sentence.translate(CONTROL), err=True)
