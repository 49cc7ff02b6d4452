"""Everything that can be configured, each with a default that works."""

from functools import cached_property
from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graphapi.errors import UsageError

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
    cypher_at_once: int = Field(4, alias="PARLEY_CYPHER_AT_ONCE", ge=1, description="How many such queries run at the same time.")
    chromium: Path | None = Field(None, alias="PARLEY_CHROMIUM", description="The Chromium that browser tests run; unset, the one on PATH.")
    test_uri: str | None = Field(
        None,
        alias="NEO4J_TEST_URI",
        description="A server whose database the tests may wipe; refused unless it is empty or carries the tests' marker.",
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @cached_property
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
