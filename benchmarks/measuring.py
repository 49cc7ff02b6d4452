"""What every measurement shares: a figure with its runs, and the machine it was seen on."""

import os
import platform
import statistics
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured thing: the runs in order, their unit, the target if the project set one, and whether it was met."""

    name: str
    unit: str
    runs: list[float]
    target: str = ""
    met: bool | None = None
    note: str = ""
    digits: int = field(default=2)

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.runs)

    def row(self) -> str:
        """Return it as a row of a Markdown table."""
        low, middle, high = (f"{value:,.{self.digits}f}" for value in (min(self.runs), self.median, max(self.runs)))
        verdict = {None: "", True: "met", False: "**missed**"}[self.met]
        return f"| {self.name} | {low} | {middle} | {high} | {self.unit} | {len(self.runs)} | {self.target} | {verdict} | {self.note} |"


HEADER = "| what | least | median | most | unit | runs | target | | note |\n|---|---|---|---|---|---|---|---|---|"


def machine() -> str:
    """Return one line on the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kind = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {kind}, load {os.getloadavg()[0]:.1f} at the start"


def resident_megabytes(process: int) -> float:
    """Return the resident memory of a process in MB."""
    line = next(line for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6
