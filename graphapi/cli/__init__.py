"""The command line: thin commands over the functions that the service calls too.

Only click is imported here and at the top of its modules; what a command needs it imports when it runs, so that help stays fast.
"""

import sys

import click

from graphapi.cli import comparing, cypher, database, datasets, editing, exporting, keys, questions, search, serving, verifying
from graphapi.cli.messages import explain, explain_unexpected
from graphapi.errors import ParleyError

EPILOG = (
    "Exit codes: 0 done, 1 input refused, 2 wrong usage, 3 no database, 70 a fault of Parley, 130 interrupted. "
    "Settings are environment variables: docs/settings.md."
)


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="parley-graph", message="Parley %(version)s")
@click.option("--debug", is_flag=True, help="Show where in the program an unexpected error arose.")
def parley(debug: bool) -> None:
    """A negotiation as a knowledge graph: who sat where for whom, what each side says was said, and how we know."""


for command in (
    *(
        serving.serve,
        datasets.load,
        datasets.unload,
        datasets.check,
        comparing.diff,
        verifying.verify,
        database.stats,
        search.search,
        datasets.view,
        exporting.export,
    ),
    *(questions.queries, questions.query, questions.path, cypher.cypher),
    *(editing.new, editing.schema, editing.lint),
    *(keys.key, database.status, database.stop),
):
    parley.add_command(command)


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; here alone errors become messages, on standard error."""
    try:
        code = parley.main(args=arguments, prog_name="parley", standalone_mode=False)
    except ParleyError as error:
        explain(error)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return 130
    except Exception as error:  # noqa: BLE001 - the last place that can tell a person
        return explain_unexpected(error, debug="--debug" in arguments)
    return code if isinstance(code, int) else 0
