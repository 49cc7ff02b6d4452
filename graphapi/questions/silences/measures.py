"""What is left open of measures and of terms."""

from collections.abc import Iterable, Iterator

from graphapi.period import period_of
from graphapi.questions.force import Finding, Standing, read_standings, reason_open
from graphapi.questions.silences.asked import Asked, Speakers, listed


def _measures_in_force(asked: Asked) -> Iterator[str]:
    on = asked.values.shown["on"]
    standings = read_standings(asked.query, asked.told, on)
    if not asked.rows:
        yield f"Our sources show no measure of {asked['from'].name} on {asked['against'].name} in force on {on}."
    yield from _standings(standings)
    rateless = [one.name for one in standings if one.finding == "yes" and one.row["kind"] == "tariff" and one.row["rate"] is None]
    if rateless:
        yield f"Our sources leave open the rate on {on} of: {listed(rateless)}."
    yield from _untargeted(asked, None)


def _stacked_rate(asked: Asked) -> Iterator[str]:
    on = asked.values.shown["on"]
    standings = read_standings(asked.query, asked.told, on)
    if not any(one.row["scope"] == "all-goods" for one in standings if one.finding in ("yes", "possibly", "lapsed")):
        yield f"Our sources show no tariff of {asked['from'].name} on all goods of {asked['against'].name} in force on {on}."
    yield from _standings(standings)
    for one in standings:
        why = reason_open(one)
        if why and one.finding == "yes":
            yield f"Not added up: {one.name}; {why}."
    yield from _untargeted(asked, "tariff")


def _standings(standings: Iterable[Standing]) -> Iterator[str]:
    """Say what lapsed, what only may have been in force, and what never is said to have come into force."""
    each = list(standings)
    quarrelled = [one.name for one in each if one.finding in ("yes", "possibly") and "rate" in one.row["disputed"]]
    if quarrelled:
        yield f"Our sources disagree on the rate of: {listed(quarrelled)}."
    for one in each:
        if one.finding == "lapsed":
            yield f"{one.name} ({one.row['status']} until {one.row['expires']}) lapsed: what follows is not in our sources."
        if one.finding == "expired":
            yield f"{one.name} ran until {one.row['expires']}; our sources name no act after that."
    words: dict[Finding, str] = {
        "possibly": "As our sources date them, these only may have been in force",
        "unbegun": "Threatened or announced, but our sources do not show that these came into force",
        "without acts": "Our sources name no act that sets these",
    }
    for finding, text in words.items():
        names = [one.name for one in each if one.finding == finding]
        if names:
            yield f"{text}: {listed(names)}."


def _untargeted(asked: Asked, kind: str | None) -> Iterator[str]:
    given = {"from": asked["from"].id, "on": asked.values.bound["on"], "kind": kind}
    rows = asked.store.rows("read/measures/untargeted-measures", **given, as_of=period_of(asked.as_of))
    aimless = [row["measure"]["name"] for row in rows if row["group"] is None]
    if aimless:
        yield f"Our sources do not say at whom these of {asked['from'].name} are aimed: {listed(aimless)}."
    grouped = [f"{row['measure']['name']} ({row['group']['name']})" for row in rows if row["group"]]
    if grouped:
        yield f"Our sources name no member of the groups at which these are aimed, so they are left out: {listed(grouped)}."


def _measure_history(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield f"Our sources name no act that sets {asked['measure'].name}."
    undated = [row["act"]["name"] for row in asked.rows if row["date"] is None]
    if undated:
        yield f"Our sources do not date: {listed(undated)}."
    rateless = {
        row["measure"]["name"] for row in asked.rows if row["status"] in ("raised", "lowered", "partly lowered") and row["rate"] is None
    }
    if rateless:
        yield f"Our sources do not say to which rate these were raised or lowered: {listed(sorted(rateless))}."


def _retaliation_chain(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources call no act that sets a measure an answer to another."


def _exposure(asked: Asked) -> Iterator[str]:
    measure, steps = asked["measure"].name, asked.values.shown["steps"]
    within = f"within {steps} {'step' if steps == 1 else 'steps'}"
    for kind, words in {"commodity": "goods covered", "sector": "branch of business affected"}.items():
        if not any(row["kind"] == kind for row in asked.rows):
            yield f"Our sources name no {words} by {measure} {within}; that is not to say that there is none."


def _deadlines(asked: Asked) -> Iterator[str]:
    days, start = asked.values.shown["days"], asked.values.shown["from"]
    if not any(row["date"] for row in asked.rows):
        yield f"Our sources date no deadline within {days} days of {start}."
    for row in asked.rows:
        if row["date"] is None:
            rule = f" Its rule: {row['rule']}" if row["rule"] else ""
            yield f"Our sources give no day for “{row['deadline']['name']}”, so it is not counted.{rule}"


def _commitments(asked: Asked) -> Iterator[str]:
    single = [row for row in asked.rows if row["level"] == "commitment"]
    if not single:
        yield f"Our sources name no single commitment under {asked['agreement'].name}."
    unjudged = [row["commitment"]["name"] for row in single if not row["according"]]
    if unjudged:
        yield f"Our sources do not say whether these were kept: {listed(unjudged)}."
    undue = [row["commitment"]["name"] for row in single if row["due"] is None]
    if undue:
        yield f"Our sources do not say by when these are due: {listed(undue)}."


def _broken_promises(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources hold no claim that a commitment was broken, kept in part or delayed."
    unanswered = [row["commitment"]["name"] for row in asked.rows if row["reply"] is None]
    if unanswered:
        yield f"Our sources hold no reply of the accused that these were kept: {listed(unanswered)}."


SPEAKERS: Speakers = {
    "measures-in-force": _measures_in_force,
    "stacked-rate": _stacked_rate,
    "measure-history": _measure_history,
    "retaliation-chain": _retaliation_chain,
    "exposure": _exposure,
    "deadlines": _deadlines,
    "commitments": _commitments,
    "broken-promises": _broken_promises,
}
