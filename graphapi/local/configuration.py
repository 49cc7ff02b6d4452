"""What Neo4j reads before it starts: neo4j.conf, written anew each time, and the password, written once."""

import secrets
import shutil

from graphapi.errors import LocalServerFailed
from graphapi.local.places import Home, explained, make_private, write_whole
from graphapi.settings import Settings

PASSWORD_BYTES = 24
# Told to every driver, which gives up a server that has been silent for twice as long: one without memory neither answers nor ends.
KEEP_ALIVE_SECONDS = 5


def write_configuration(home: Home, settings: Settings, port: int) -> None:
    """Write neo4j.conf and the folders it speaks of; all are relative to Neo4j's home, so no path needs escaping.

    What is closed here: other addresses than 127.0.0.1, HTTP, reports home, files and addresses for LOAD CSV.
    """
    address = f"127.0.0.1:{port}"
    lines = {
        "server.config.strict_validation.enabled": "true",
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": address,
        "server.bolt.advertised_address": address,
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.security.procedures.unrestricted": "",
        "dbms.security.procedures.allowlist": "",
        "dbms.usage_report.enabled": "false",
        "server.directories.import": "import",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "server.bolt.connection_keep_alive": f"{KEEP_ALIVE_SECONDS}s",
        "server.bolt.connection_keep_alive_for_requests": "ALL",
        "server.bolt.connection_keep_alive_streaming_scheduling_interval": f"{KEEP_ALIVE_SECONDS}s",
        "server.bolt.connection_keep_alive_probes": "2",
        "server.memory.pagecache.size": settings.page_cache,
        "db.transaction.timeout": f"{max(settings.load_timeout, settings.query_timeout):g}s",
        "db.tx_log.preallocate": "false",
        "db.logs.query.enabled": "OFF",
        "internal.dbms.dump_diagnostics": "false",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    }
    with explained(home.neo4j):
        make_private(home.neo4j)
        shutil.rmtree(home.temporary, ignore_errors=True)
        for folder in (home.configuration, home.temporary, home.neo4j / "import"):
            make_private(folder)
        write_whole(home.configuration / "neo4j.conf", "".join(f"{name}={value}\n" for name, value in lines.items()))


def make_password(home: Home) -> bool:
    """Make the password of a new home; True while Neo4j does not know it yet.

    Raises LocalServerFailed when there is a database and the password of it is gone.
    """
    database = home.data / "databases" / "system"
    with explained(home.password):
        if database.exists():
            read_password(home)
            return False
        shutil.rmtree(home.data / "dbms", ignore_errors=True)
        write_whole(home.password, secrets.token_hex(PASSWORD_BYTES))
        return True


def read_password(home: Home) -> str:
    """The password of this home's server; LocalServerFailed when the file is gone or empty."""
    try:
        password = home.password.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        password = ""
    if not password:
        raise LocalServerFailed(f"The password of the local Neo4j is missing from {home.password}.", hint=lost_password_hint(home))
    return password


def lost_password_hint(home: Home) -> str:
    """What to do when file and database do not agree about the password."""
    return f"Put the file back from a backup, or move {home.root} away to begin with an empty graph."
