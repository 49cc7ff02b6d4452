"""Answers that take several journeys to the database are of one edition of the graph, and ask only for what they do not have."""

import logging

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.errors import Conflict, NotFound
from graphapi.guard.reading import Guard, run
from graphapi.guard.reading import Question as Statement
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ingest.unload import unload
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.reading.labels import label_depths
from graphapi.sitting import read_one_edition
from graphapi.store import Store
from tests.conftest import LONDON, WIDER

EVENT = "talks-london-2025-06-09"
ROUND = "MATCH (node:Entity {id: 'talks-london-2025-06-09'}) "
NAME = "MATCH (node:Entity {id: 'china'}) RETURN node.name AS name"
STATEMENT = "MATCH (person:Person) RETURN person.name AS name ORDER BY name LIMIT 3"


class Messages:
    """The messages of the Bolt protocol that the driver logged: RUN, PULL, SUCCESS and so on, each with C for client or S for server."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    def take(self) -> list[str]:
        """Return them and forget them."""
        texts = [record.getMessage() for record in self._caplog.records if record.name == "neo4j.io"]
        self._caplog.clear()
        found = [text.partition("]  ")[2].split(" ")[:2] for text in texts if "]  C: " in text or "]  S: " in text]
        return [" ".join(words) for words in found]


@pytest.fixture
def sent(caplog: pytest.LogCaptureFixture) -> Messages:
    """Give what the driver has sent and got since the last look, message by message, as its own log tells it."""
    caplog.set_level(logging.DEBUG, logger="neo4j.io")
    return Messages(caplog)


def attendees(store: Store) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name="attendees", given={"event": EVENT}))


def write(store: Store, text: str) -> None:
    """Write as somebody would who is not Parley."""
    with store._session("WRITE") as session:
        session.run(text).consume()


def test_question_asks_for_what_the_edition_may_have_changed_only(london: Store, sent: Messages) -> None:
    first = attendees(london)
    sent.take()
    assert attendees(london) == first
    assert sent.take().count("C: RUN") == 2


def test_names_of_sides_follow_a_write_by_anybody(store: Store) -> None:
    load(store, read_dataset(LONDON))
    assert attendees(store).names["china"] not in ("", "Otherwise")
    write(store, "MATCH (node:Entity {id: 'china'}) SET node.name = 'Otherwise'")
    assert attendees(store).names["china"] == "Otherwise"


def test_unloaded_data_set_is_cited_by_no_answer_after(store: Store) -> None:
    load(store, read_dataset(LONDON))
    load(store, read_dataset(WIDER))
    assert {cited.id for cited in attendees(store).datasets} == {LONDON, WIDER}
    unload(store, WIDER, read_ontology())
    assert {cited.id for cited in attendees(store).datasets} == {LONDON}


def test_entity_that_is_gone_is_not_remembered(store: Store) -> None:
    load(store, read_dataset(LONDON))
    assert attendees(store).rows
    write(store, ROUND + "DETACH DELETE node")
    with pytest.raises(NotFound) as refused:
        attendees(store)
    assert refused.value.parameter == "event"


def test_refusal_from_memory_is_asked_again(store: Store) -> None:
    load(store, read_dataset(LONDON))
    question = Question(name="attendees", given={"event": "howard-lutnick"})
    with pytest.raises(Exception, match="which is a Person"):
        ask(store, read_ontology(), read_catalogue(), question)
    write(store, "MATCH (node:Entity {id: 'howard-lutnick'}) REMOVE node:Person SET node:Event")
    assert ask(store, read_ontology(), read_catalogue(), question).rows == ()


def test_work_between_which_somebody_writes_is_done_again(store: Store) -> None:
    load(store, read_dataset(LONDON))
    texts = ["MATCH (node:Entity {id: 'china'}) SET node.name = 'Otherwise'"]

    def work(sitting: Store) -> list[str]:
        before = sitting.execute_read(NAME)[0]["name"]
        while texts:
            write(store, texts.pop())
        return [before, sitting.execute_read(NAME)[0]["name"]]

    assert read_one_edition(store, work) == ["Otherwise", "Otherwise"]


def test_work_goes_on_beside_writes_that_are_no_loads_and_not_beside_loads(store: Store) -> None:
    load(store, read_dataset(LONDON))

    def work_beside(text: str) -> str:
        def work(sitting: Store) -> str:
            write(store, text)
            return str(sitting.execute_read(NAME)[0]["name"])

        return read_one_edition(store, work)

    assert work_beside("MERGE (node:Meta:ParleyTest {id: 'other'}) SET node.count = coalesce(node.count, 0) + 1")
    with pytest.raises(Conflict):
        work_beside("MATCH (graph:Meta {id: 'graph'}) SET graph.version = graph.version + 1")


def test_edition_that_the_server_does_not_know_is_forgotten(london: Store) -> None:
    expected = attendees(london)
    london.memory.begin(frozenset({"FB:nothing"}))
    assert attendees(london) == expected
    assert london.memory.last() is not None
    assert london.memory.last().edition == london.bookmarks()  # type: ignore[union-attr]


def test_statement_that_passed_before_begins_in_one_journey_and_is_rolled_back(london: Store, sent: Messages) -> None:
    guard = Guard(london, label_depths(read_ontology()))

    async def twice() -> None:
        await guard.answer(Statement(STATEMENT))
        sent.take()
        await guard.answer(Statement(STATEMENT))

    run(guard, twice())
    messages = sent.take()
    asked = messages[messages.index("C: BEGIN") :]
    assert asked[:3] == ["C: BEGIN", "C: RUN", "C: PULL"]
    assert [message for message in asked if message.startswith("C: ")][3:4] == ["C: ROLLBACK"]
    assert "C: COMMIT" not in asked
