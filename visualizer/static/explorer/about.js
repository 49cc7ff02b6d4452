/* What a saved file says of itself: what it shows, as of when, and on what that rests. No date of saving, so that the same gives the same bytes. */
(function (parley) {
  "use strict";
  /* Relationships that the lines in the picture stand for; a line may stand for several, by way of nodes that are folded into it. */
  const relationships = () => [...new Set(parley.visibleLines().flatMap((line) => line.parts))].filter((id) => parley.relationships.has(id)).sort();
  const given = (entries) => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== "" && value.length !== 0));
  /* Dates in the words of the card, which say how precise they are, and the first day as a date. */
  function datesOf(one) {
    const told = new Map((one.facts || []).map((fact) => [fact.name, fact.text]));
    return { date: told.get("Date"), valid_from: told.get("Valid from"), valid_to: told.get("Valid to"), first_day: parley.firstDay(one) };
  }
  function nodeOf(id) {
    const entity = parley.entities.get(id);
    const { name, kind, caption, side, aliases, note, certainty, evidence } = entity;
    const seat = parley.sides.get(side);
    return { id, labels: [kind], name, properties: given({ caption, side: seat && seat.name, aliases, note, ...datesOf(entity), certainty, held: parley.heldOf(entity), evidence }) };
  }
  function relationshipOf(id) {
    const one = parley.relationships.get(id);
    const { from, to, note, certainty, polarity, evidence } = one;
    return { id, type: id.split("--")[1], from, to, evidence: evidence || [], properties: given({ note, ...datesOf(one), certainty, polarity, held: parley.heldOf(one) }) };
  }
  const sourceOf = (place) => (parley.evidence.get(place) || {}).source || place.split(":")[0];

  parley.moment = () => parley.state.date || parley.page.as_of || null;
  /* Title, date, data sets and the number of sources that these nodes and relationships rest on, and what groups stand for. */
  function about(nodes, ties) {
    const folded = parley.visibleGroups().flatMap((group) => group.members.flatMap((id) => parley.entities.get(id).evidence || []));
    const places = [...nodes.flatMap((node) => node.properties.evidence || []), ...ties.flatMap((tie) => tie.evidence), ...folded];
    return { title: document.title, as_of: parley.moment(), datasets: parley.page.datasets, sources: new Set(places.map(sourceOf)).size, made_with: "Parley" };
  }
  /* What is shown, in the shape of the API's graphs; every end of a relationship is among the nodes. */
  parley.shownGraph = () => {
    const ties = relationships().map(relationshipOf);
    const ids = new Set([...parley.visibleNodes().map((node) => node.id), ...ties.flatMap((tie) => [tie.from, tie.to])]);
    const nodes = [...ids].filter((id) => parley.entities.has(id)).sort().map(nodeOf);
    const groups = parley.visibleGroups().map(({ name, count }) => ({ name, count }));
    return { about: about(nodes, ties), datasets: parley.page.datasets, ...given({ groups }), nodes, relationships: ties, truncated: parley.page.truncated, as_of: parley.moment() };
  };
  /* The same in one line, for people. */
  parley.captionOf = (graph) => {
    const { title, as_of: moment, datasets, sources } = graph.about;
    const sets = datasets.map((one) => `${one.id} ${one.version}`).join(", ");
    const cut = graph.truncated ? "cut at a limit: the graph holds more" : "";
    return [title, moment ? `as of ${moment}` : "", sets, `${sources} source${sources === 1 ? "" : "s"}`, cut, "Parley"].filter(Boolean).join(" · ");
  };
  /* A file's name: data sets with their version, and the date. */
  parley.fileName = (suffix) => {
    const sets = parley.page.datasets.map((one) => `${one.id}-${one.version}`).join("_") || "parley";
    const moment = parley.moment() ? `-as-of-${parley.moment()}` : "";
    return `${`${sets}${moment}`.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 120)}.${suffix}`;
  };
})(window.parley);
