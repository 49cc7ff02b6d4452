"""The command that serves the explorer."""

import errno
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import write
from graphapi.errors import Conflict, UsageError

if TYPE_CHECKING:
    from graphapi.ontology import Ontology
    from graphapi.settings import Settings
    from graphapi.store import Store

FOUNDING = "us-china-london-2025"
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (by which address this machine reaches itself)
INTERRUPTED = 130
PATIENCE = 5
PAUSE = 0.05
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}, "bare": {"format": "%(message)s"}},
    "handlers": {
        "line": {"class": "logging.StreamHandler", "formatter": "line"},
        "bare": {"class": "logging.StreamHandler", "formatter": "bare"},
    },
    "root": {"handlers": ["line"], "level": "WARNING"},
    "loggers": {"graphapi": {"level": "INFO"}, "graphapi.requests": {"handlers": ["bare"], "propagate": False}},
}


@click.command(short_help="Serve the explorer and the API.")
@click.option("--host", metavar="ADDRESS", help="Address to listen on instead of PARLEY_HOST (127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), metavar="NUMBER", help="Port instead of PARLEY_PORT (8000); 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def serve(host: str | None, port: int | None, no_browser: bool) -> int:
    """Serve the explorer and the API until Ctrl-C.

    Without NEO4J_URI it fetches (once) and starts a Neo4j of its own. The bundled data set is loaded into an empty graph.
    """
    from graphapi.settings import load_settings

    settings = load_settings(**{name: value for name, value in (("host", host), ("port", port)) if value is not None})
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _leave)
    if settings.keys_file:
        from graphapi.keys import read_keys

        read_keys(settings.keys_file)
    with listen(settings.host, settings.port) as listener:
        return _serve(settings, listener, opens_browser=not no_browser and _has_display())


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow begins; raises Conflict when somebody else has it, UsageError when it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except PermissionError:
        raise UsageError(f"Port {port} is kept for the system.", hint="Name one from 1024 on, such as --port 8001.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = f"If that is Parley, open {_address(host, port)}; else name another port, such as --port {port + 1}."
            raise Conflict(f"Port {port} on {host} is in use{_by_whom(port)}.", hint=hint) from None
        raise UsageError(f"This machine cannot listen on the address {host!r}: {error.strerror}.", hint="127.0.0.1 always works.") from None


def _by_whom(port: int) -> str:
    import psutil

    try:
        listening = (other for other in psutil.net_connections("tcp") if other.pid and other.status == psutil.CONN_LISTEN)
        holder = next(other.pid for other in listening if other.laddr and other.laddr.port == port)
        return f" by {psutil.Process(holder).name()} (process {holder})"
    except (psutil.Error, StopIteration):
        return ""


def _serve(settings: "Settings", listener: socket.socket, opens_browser: bool) -> int:
    from threading import Thread

    from graphapi.cli.progress import opened_store
    from graphapi.ontology import read_ontology
    from graphapi.store import open_adhoc_store

    imports = Thread(target=_import_early, daemon=True)
    imports.start()
    with opened_store(settings) as store, open_adhoc_store(settings) as adhoc:
        ontology = read_ontology()
        _fill(store, ontology)
        imports.join()

        import uvicorn

        from graphapi.web.app import create_app

        app = create_app(settings, store, ontology, adhoc)
        config = uvicorn.Config(
            app, access_log=False, log_config=LOGGING, server_header=False, proxy_headers=False, timeout_graceful_shutdown=PATIENCE
        )
        Thread(target=_announce, args=(listener.getsockname(), opens_browser), daemon=True).start()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            tell("Stopped.")
            return INTERRUPTED
    return 0


def _import_early() -> None:
    """Import what serving needs while the database starts; it takes a second. What fails here fails again where it is told."""
    with suppress(ImportError):
        import uvicorn  # noqa: F401

        import graphapi.web.app  # noqa: F401
        import visualizer  # noqa: F401


def _fill(store: "Store", ontology: "Ontology") -> None:
    """Bring the schema up to date, and load the bundled data set into a graph that is empty."""
    from graphapi.ingest import read_dataset
    from graphapi.ingest.load import load
    from graphapi.stats import read_version

    store.apply_schema(ontology)
    if read_version(store) == 0:
        load(store, read_dataset(FOUNDING, ontology))


def _leave(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _announce(name: tuple[str, int], opens_browser: bool) -> None:
    """Print the address as soon as the service says that it is ready, and open it."""
    host, port = name[:2]
    while not _is_ready(EVERY_ADDRESS.get(host, host), port):
        time.sleep(PAUSE)
    address = _address(host, port)
    write(f"Parley is at {address}\n")
    tell("Ctrl-C stops it.")
    if opens_browser:
        import webbrowser

        webbrowser.open(address)


def _address(host: str, port: int) -> str:
    host = EVERY_ADDRESS.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _is_ready(host: str, port: int) -> bool:
    import http.client

    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _has_display() -> bool:
    if not sys.stdout.isatty() or "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
