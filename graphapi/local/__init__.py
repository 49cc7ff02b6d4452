"""The local Neo4j, for users who have none: fetched, started, watched and stopped here and nowhere else."""

from graphapi.local.lease import Lease, acquire
from graphapi.local.progress import Progress
from graphapi.local.status import LocalStatus, restart, status, stop

__all__ = ["Lease", "LocalStatus", "Progress", "acquire", "restart", "status", "stop"]
