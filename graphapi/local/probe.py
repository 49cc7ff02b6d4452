"""A process that ends when the server has answered a query: `python -m graphapi.local.probe PORT < password`.

The one module beside the store that imports the driver: the store serves the product's own process, and this runs
as a process of its own, which the supervisor can end however the server hangs.
"""

import sys
import time
from collections.abc import Sequence

from graphapi.catalogue import statement

ANSWERED = 0
REFUSED = 3
PAUSE = 0.1


def main() -> int:
    """Wait for the answer of the server at the port that the command line names."""
    return wait_for_answer(int(sys.argv[1]), sys.stdin.read().strip())


def wait_for_answer(port: int, password: str) -> int:
    """Ask until an answer comes: ANSWERED, or REFUSED when the password is not the server's."""
    from neo4j.exceptions import AuthError, DriverError, Neo4jError  # noqa: PLC0415 (0.2 s, and the supervisor imports this module)

    while True:
        try:
            ask(port, password, [statement("check/answers")])
        except AuthError:
            return REFUSED
        except (DriverError, Neo4jError, OSError):
            time.sleep(PAUSE)
        else:
            return ANSWERED


def ask(port: int, password: str, texts: Sequence[str]) -> None:
    """Run the texts one by one on the default database of the local server at this port."""
    from neo4j import GraphDatabase  # noqa: PLC0415 (as above)

    with GraphDatabase.driver(
        f"bolt://127.0.0.1:{port}",
        auth=("neo4j", password),
        connection_timeout=5,
        max_transaction_retry_time=0,
        telemetry_disabled=True,
        notifications_min_severity="OFF",
    ) as driver:
        for text in texts:
            driver.execute_query(text, database_="neo4j")


if __name__ == "__main__":
    sys.exit(main())
