"""Run every measurement, print it, and write results.md."""

import datetime
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.browsing import measure_browsing
from benchmarks.drawing import measure_drawing
from benchmarks.loading import measure_loading, measure_view
from benchmarks.measuring import HEADER, Figure, machine
from benchmarks.neighbors import measure_neighbors
from benchmarks.questions import measure_questions
from benchmarks.serving import measure_serving
from benchmarks.starting import measure_service, measure_starts

MEASUREMENTS: dict[str, Callable[[Path], list[Figure]]] = {
    "start": measure_starts,
    "service": measure_service,
    "load": measure_loading,
    "neighbors": measure_neighbors,
    "serving": measure_serving,
    "questions": measure_questions,
    "view": measure_view,
    "drawing": measure_drawing,
    "browsing": measure_browsing,
}
RESULTS = Path(__file__).with_name("results.md")
# What was missed and what was tried, written by hand, set under the figures.
REMARKS = Path(__file__).with_name("remarks.md")


def main(names: list[str]) -> int:
    """Measure what is named, by default everything; only a whole run is written down."""
    unknown = sorted(set(names) - set(MEASUREMENTS))
    if unknown:
        print(f"There is no measurement {unknown[0]!r}; known: {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    lines = [f"Measured {datetime.datetime.now(datetime.UTC):%Y-%m-%d} on {machine()}, by `make bench`.", "", HEADER]
    print("\n".join(lines))
    for name in names or MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as scratch:
            rows = [figure.row() for figure in MEASUREMENTS[name](Path(scratch))]
        print("\n".join(rows), flush=True)
        lines += rows
    if not names:
        RESULTS.write_text("# Benchmarks\n\n" + "\n".join(lines) + "\n\n" + REMARKS.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
