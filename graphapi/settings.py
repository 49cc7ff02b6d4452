"""Everything that can be configured, each with a default that works."""

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graphapi.errors import UsageError

ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{1,5})?")
MEMORY_PATTERN = r"^[1-9][0-9]*[kmgKMG]$"


class Settings(BaseSettings):
    """The settings of one process, read once from the environment; `load_settings` makes them."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", alias="PARLEY_HOST", description="Address the service listens on.")
    port: int = Field(8000, alias="PARLEY_PORT", ge=0, le=65535, description="Port the service listens on; 0 takes a free one.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        alias="PARLEY_ALLOWED_HOSTS",
        description="Host names, separated by commas, that requests may name beside localhost, 127.0.0.1 and [::1].",
    )
    keys_file: Path | None = Field(
        None,
        alias="PARLEY_KEYS_FILE",
        description="File of the keys that callers may show, made by parley key new; unset, there are none and writing over HTTP is off.",
    )
    queries: Path | None = Field(
        None,
        alias="PARLEY_QUERIES",
        description="Folder of query files of your own, which join the catalogue; read when a service or a command starts.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        alias="PARLEY_CORS_ORIGINS",
        description="Origins, such as https://example.org, separated by commas, whose pages may read the API and ask Cypher.",
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (),
        alias="PARLEY_TRUSTED_PROXIES",
        description="Addresses or networks, separated by commas, of proxies whose X-Forwarded-For says who asks.",
    )
    rate: float = Field(
        50, alias="PARLEY_RATE", ge=0, le=1_000_000, description="Requests a second that one address may make without a key; 0 is no limit."
    )
    burst: int = Field(200, alias="PARLEY_BURST", ge=1, le=1_000_000, description="Requests that it may make at once after a pause.")
    keyed_rate: float = Field(
        500, alias="PARLEY_KEYED_RATE", ge=0, le=1_000_000, description="Requests a second that may be made with one key; 0 is no limit."
    )
    keyed_burst: int = Field(
        2000, alias="PARLEY_KEYED_BURST", ge=1, le=1_000_000, description="Requests that may be made with it at once after a pause."
    )
    rate_clients: int = Field(
        10_000,
        alias="PARLEY_RATE_CLIENTS",
        ge=1,
        le=10_000_000,
        description="Clients whose requests are counted; beyond, the quietest is forgotten.",
    )
    rate_loopback: bool = Field(
        False,
        alias="PARLEY_RATE_LOOPBACK",
        description="Whether clients without a key on this machine itself are limited too, as they are where PARLEY_RATE or "
        "PARLEY_BURST is set; true behind a proxy that is not trusted.",
    )
    dataset_body: int = Field(
        16_777_216, alias="PARLEY_DATASET_BODY", ge=1, le=16_777_216, description="Most bytes of a data set that comes over HTTP."
    )
    adhoc_uri: str | None = Field(
        None,
        alias="PARLEY_ADHOC_URI",
        pattern=r"^(neo4j|bolt)(\+s|\+ssc)?://.+",
        description="A second Neo4j server, with a copy of the graph, for Cypher by other people over HTTP; unset, the first has it too.",
    )
    adhoc_username: str = Field("neo4j", alias="PARLEY_ADHOC_USERNAME", description="User name at the server of PARLEY_ADHOC_URI.")
    adhoc_password: SecretStr = Field(
        SecretStr(""), alias="PARLEY_ADHOC_PASSWORD", description="Password at the server of PARLEY_ADHOC_URI."
    )
    adhoc_database: str = Field("neo4j", alias="PARLEY_ADHOC_DATABASE", description="Database of that server that holds the copy.")
    home: Path = Field(
        default_factory=lambda: user_data_path("parley"),
        alias="PARLEY_HOME",
        description="Folder of the local Neo4j: its data, password and state. One server per folder.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("parley"),
        alias="PARLEY_CACHE",
        description="Folder of what all homes share: the jars, a copy of the JRE, the AOT cache.",
    )
    maven_url: str | None = Field(
        None,
        alias="PARLEY_MAVEN_URL",
        pattern=r"^https?://",
        description="Mirror of Maven Central to fetch Neo4j's jars from; unset, Maven Central itself.",
    )
    neo4j_uri: str | None = Field(
        None,
        alias="NEO4J_URI",
        pattern=r"^(neo4j|bolt)(\+s|\+ssc)?://.+",
        description="A Neo4j server to use, such as neo4j://host:7687; unset, the local Neo4j is started.",
    )
    neo4j_username: str = Field("neo4j", alias="NEO4J_USERNAME", description="User name at the server of NEO4J_URI.")
    neo4j_password: SecretStr = Field(
        SecretStr(""), alias="NEO4J_PASSWORD", description="Password at the server of NEO4J_URI; the local Neo4j makes its own."
    )
    neo4j_database: str = Field("neo4j", alias="NEO4J_DATABASE", description="Database that holds the graph.")
    linger: float = Field(
        30, alias="PARLEY_LINGER", ge=0, le=86400, description="Seconds that the local Neo4j stays up after its last user is gone."
    )
    heap: str = Field(
        "1g", alias="PARLEY_HEAP", pattern=MEMORY_PATTERN, description="Largest Java heap of the local Neo4j, such as 512m or 2g."
    )
    page_cache: str = Field(
        "64m", alias="PARLEY_PAGE_CACHE", pattern=MEMORY_PATTERN, description="Page cache of the local Neo4j, such as 64m or 1g."
    )
    query_timeout: float = Field(
        10, alias="PARLEY_QUERY_TIMEOUT", gt=0, le=3600, description="Seconds that one read may take in the database."
    )
    load_timeout: float = Field(
        600, alias="PARLEY_LOAD_TIMEOUT", gt=0, le=86400, description="Seconds that one load may take in the database."
    )
    cypher_timeout: float = Field(
        10, alias="PARLEY_CYPHER_TIMEOUT", gt=0, le=3600, description="Seconds that a query by somebody else may take, by the clock."
    )
    cypher_rows: int = Field(1000, alias="PARLEY_CYPHER_ROWS", ge=1, description="Most rows of an answer to such a query.")
    cypher_bytes: int = Field(
        8_388_608, alias="PARLEY_CYPHER_BYTES", ge=1024, description="Most bytes of JSON in an answer to such a query."
    )
    cypher_length: int = Field(10_000, alias="PARLEY_CYPHER_LENGTH", ge=1, description="Most bytes of the text of such a query.")
    cypher_body: int = Field(
        65_536, alias="PARLEY_CYPHER_BODY", ge=1, description="Most bytes of a body that brings such a query with its parameters."
    )
    cypher_depth: int = Field(8, alias="PARLEY_CYPHER_DEPTH", ge=1, le=100, description="How deep its parameters may be nested.")
    cypher_values: int = Field(1000, alias="PARLEY_CYPHER_VALUES", ge=1, description="Most values in its parameters.")
    cypher_nesting: int = Field(32, alias="PARLEY_CYPHER_NESTING", ge=1, le=200, description="How deep its brackets may be nested.")
    cypher_at_once: int = Field(
        4, alias="PARLEY_CYPHER_AT_ONCE", ge=1, description="How many such queries by callers without a key run at the same time."
    )
    cypher_per_client: int = Field(
        1,
        alias="PARLEY_CYPHER_PER_CLIENT",
        ge=1,
        description="How many of them may be of one address; those of this machine itself count only where PARLEY_RATE_LOOPBACK is true.",
    )
    cypher_keyed_at_once: int = Field(
        4, alias="PARLEY_CYPHER_KEYED_AT_ONCE", ge=1, description="How many such queries by callers with a key run at the same time."
    )
    cypher_queue: int = Field(
        8, alias="PARLEY_CYPHER_QUEUE", ge=0, description="How many such queries wait for a place to run, with and without a key."
    )
    cypher_wait: float = Field(
        5, alias="PARLEY_CYPHER_WAIT", gt=0, le=3600, description="Seconds that such a query may wait for its place to run."
    )
    cypher_ranges: int = Field(
        1_000_000, alias="PARLEY_CYPHER_RANGES", ge=1, description="Most numbers that range() may make in such a query, without a key."
    )
    cypher_hops: int = Field(12, alias="PARLEY_CYPHER_HOPS", ge=1, description="Longest path pattern in such a query, without a key.")
    cypher_copies: int = Field(
        256, alias="PARLEY_CYPHER_COPIES", ge=1, description="How often such a query may put a value into itself, without a key."
    )
    cypher_patience: float = Field(
        5,
        alias="PARLEY_CYPHER_PATIENCE",
        gt=0,
        le=3600,
        description="Seconds after its end in which such a query must be gone from the server; then it is terminated, and after as long"
        " again the local Neo4j is started anew.",
    )
    stream_timeout: float = Field(
        600, alias="PARLEY_STREAM_TIMEOUT", gt=0, le=86400, description="Seconds that a streamed answer may take, by the clock."
    )
    stream_bytes: int = Field(1_073_741_824, alias="PARLEY_STREAM_BYTES", ge=1024, description="Most bytes of a streamed answer.")
    answers_bytes: int = Field(
        33_554_432, alias="PARLEY_ANSWERS_BYTES", ge=0, description="Most bytes of answers that the service keeps; 0 keeps none."
    )
    answers_kept: int = Field(10_000, alias="PARLEY_ANSWERS_KEPT", ge=1, description="Most answers that the service keeps.")
    answers_age: float = Field(
        1,
        alias="PARLEY_ANSWERS_AGE",
        ge=0,
        le=3600,
        description="Seconds for which kept answers hold before the database is asked whether it was changed; 0 asks each time.",
    )
    chromium: Path | None = Field(None, alias="PARLEY_CHROMIUM", description="The Chromium that browser tests run; unset, the one on PATH.")
    test_uri: str | None = Field(
        None,
        alias="NEO4J_TEST_URI",
        description="A server whose database the tests may wipe; refused unless it is empty or carries the tests' marker.",
    )

    @field_validator("allowed_hosts", "cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("keys_file", "queries", "adhoc_uri", mode="before")
    @classmethod
    def _unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin[:80]!r} is no origin: write https://example.org, with a port where there is one, without a path")
        return value

    @property
    def is_local(self) -> bool:
        """Whether the local Neo4j is to be used, no server being named."""
        return self.neo4j_uri is None


def load_settings(**given: object) -> Settings:
    """Read the environment; `given` values, by field name, win over it.

    Raises UsageError naming the variable, its value and what it expects.
    """
    try:
        return Settings(**{str(Settings.model_fields[name].alias): value for name, value in given.items()})  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        name = str(fault["loc"][0])
        value = "its value" if "PASSWORD" in name else repr(fault["input"])
        description = next((f.description for f in Settings.model_fields.values() if f.alias == name), "")
        faults.append(f"The setting {name} is wrong: {value} ({fault['msg'][0].lower()}{fault['msg'][1:]}). {description}")
    return " ".join(faults)
