"""What can go wrong, as one tree.

ParleyError                    a sentence for a person, with what to do about it
├── UsageError                 the command or a setting is wrong              exit 2, HTTP 400
├── InputRefused               a file, a body or a value was refused          exit 1, HTTP 400
│   ├── DatasetRefused         a data set, with every fault by file and line
│   └── CypherRefused          a query by somebody else: the rule, line and column
├── NotFound                   no such id; carries the closest ids            exit 1, HTTP 404
├── Conflict                   somebody else is at work on the same thing     exit 1, HTTP 409
├── QueryTimedOut              a query took longer than its wall clock allows exit 1, HTTP 504
├── TooManyQueries             as many queries run as may at once             exit 1, HTTP 429
└── DatabaseUnavailable        no database answers (yet)                      exit 3, HTTP 503
    ├── QueriesStuck           queries of other people do not end              exit 3, HTTP 503
    ├── DatabaseRefused        it answers, and says no: password, version
    └── LocalServerFailed      the local Neo4j could not be fetched or started
"""

from collections.abc import Sequence
from dataclasses import dataclass


class ParleyError(Exception):
    """Something a person can mend; `message` says what is wrong with which value, `hint` what to do.

    `kind` is the stable last part of the problem's type address, `status` its HTTP status and
    `exit_code` what the command line ends with.
    """

    kind = "error"
    title = "Something went wrong"
    status = 500
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", parameter: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.parameter = parameter

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(ParleyError):
    """The command line or a setting is wrong."""

    kind = "usage"
    title = "Wrong usage"
    status = 400
    exit_code = 2


class InputRefused(ParleyError):
    """A value, a body or a file was refused; nothing was changed."""

    kind = "input-refused"
    title = "Input refused"
    status = 400


@dataclass(frozen=True)
class Fault:
    """One fault of a data set: where it stands, what is wrong, what to do. Lines count from 1."""

    file: str
    line: int
    subject: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        subject = f" {self.subject}:" if self.subject else ""
        return f"{self.file}:{self.line}:{subject} {self.message} {self.hint}".rstrip()


class DatasetRefused(InputRefused):
    """A data set was refused with all of its faults; nothing was written."""

    kind = "dataset-refused"
    title = "Data set refused"

    def __init__(self, dataset: str, faults: Sequence[Fault]) -> None:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The data set {dataset} was refused with {count}; nothing was loaded.")
        self.faults = tuple(faults)


class CypherRefused(InputRefused):
    """A query, or one of its parameters, was refused by `rule`; `line` and `column` count from 1 and are None where there is no place."""

    kind = "cypher-refused"
    title = "Query refused"

    def __init__(
        self, message: str, *, rule: str, hint: str = "", place: tuple[int, int] | None = None, parameter: str | None = None
    ) -> None:
        super().__init__(message, hint=hint, parameter=parameter)
        self.rule = rule
        self.line: int | None = place[0] if place else None
        self.column: int | None = place[1] if place else None


class NotFound(ParleyError):
    """No record has this id; `close` lists the ids nearest to it."""

    kind = "not-found"
    title = "Not found"
    status = 404

    def __init__(self, what: str, identifier: str, close: Sequence[str] = (), *, hint: str = "") -> None:
        hint = f"Close to it: {', '.join(close)}." if close else hint
        super().__init__(f"There is no {what} with the id {identifier!r}.", hint=hint)
        self.close = tuple(close)


class Conflict(ParleyError):
    """Somebody else holds what this call needs; nothing was changed."""

    kind = "conflict"
    title = "In use"
    status = 409


class QueryTimedOut(ParleyError):
    """A query was ended at its wall clock."""

    kind = "query-timed-out"
    title = "The query took too long"
    status = 504


class TooManyQueries(ParleyError):
    """As many queries of other people run as may at once; the same call may succeed after `retry_after` seconds."""

    kind = "too-many-queries"
    title = "Too many queries"
    status = 429
    retry_after = 2


class DatabaseUnavailable(ParleyError):
    """No database answers; the same call may succeed after `retry_after` seconds."""

    kind = "database-unavailable"
    title = "The database does not answer"
    status = 503
    exit_code = 3
    retry_after = 5


class QueriesStuck(DatabaseUnavailable):
    """The database does not let go of queries by other people; nobody's run until it does, or was started again."""

    kind = "queries-stuck"
    title = "Queries are stuck"
    retry_after = 10


class DatabaseRefused(DatabaseUnavailable):
    """The database answers and refuses us: wrong password, unsupported version, newer graph."""

    kind = "database-refused"
    title = "The database refused"


class LocalServerFailed(DatabaseUnavailable):
    """The local Neo4j could not be fetched, started or reached."""

    kind = "local-server-failed"
    title = "The local Neo4j failed"
