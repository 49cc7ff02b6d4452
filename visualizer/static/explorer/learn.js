/* Takes a part of the graph that the service sent into what the page holds, and asks the service for one. */
(function (parley) {
  "use strict";
  const PATIENCE = 15000;
  const BENDS = [0, 0.14, -0.14, 0.28, -0.28, 0.42, -0.42];

  /* Ask the service; the answer as JSON, or an Error whose message a reader can be told. */
  parley.ask = async (path, parameters) => {
    const address = new URL(parley.page.live + path, location.href);
    for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);
    let answer = null;
    let body = null;
    try {
      answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" }, credentials: "omit" });
      body = await answer.json();
    } catch (error) {
      throw new Error(error.name === "TimeoutError" ? "The service did not answer in time." : "The service does not answer.");
    }
    if (body === null || typeof body !== "object") throw new Error("The service does not answer in a way that can be read.");
    if (!answer.ok) throw Object.assign(new Error([body.title, body.detail].filter(Boolean).join(": ") || `The service refused: ${answer.status}.`), { status: answer.status });
    return body;
  };

  function learnLine(line) {
    if (parley.lines.has(line.id) || !parley.nodes.has(line.from) || !parley.nodes.has(line.to)) return;
    const beside = (parley.linesOf.get(line.from) || []).filter((other) => other.from === line.to || other.to === line.to).length;
    line.bend = line.narrow = BENDS[beside % BENDS.length];
    parley.lines.set(line.id, line);
    for (const end of new Set([line.from, line.to])) {
      if (!parley.linesOf.has(end)) parley.linesOf.set(end, []);
      parley.linesOf.get(end).push(line);
    }
  }
  const union = (one, other) => [...new Set([...(one || []), ...(other || [])])];
  /* Sections with a title and items: those of the same title become one. */
  function joined(one, other) {
    const sections = (one || []).map((section) => ({ ...section }));
    for (const section of other || []) {
      const known = sections.find((each) => each.title === section.title);
      if (known) known.items = union(known.items, section.items);
      else sections.push(section);
    }
    return sections;
  }
  function learnCard(id, card) {
    const known = parley.entities.get(id);
    if (!known) {
      parley.entities.set(id, card);
      return;
    }
    for (const name of ["groups", "speech"]) if (card[name]) known[name] = joined(known[name], card[name]);
    if (card.disputes) known.disputes = union(known.disputes, card.disputes);
  }
  /* Returns the ids of nodes that the page did not hold before. */
  parley.learn = (part) => {
    for (const kind of part.kinds) {
      if (parley.kinds.has(kind.id)) continue;
      parley.kinds.set(kind.id, kind);
      parley.page.kinds.push(kind);
    }
    for (const [id, card] of Object.entries(part.entities)) learnCard(id, card);
    for (const name of ["relationships", "claims", "disputes", "evidence", "sources"]) {
      for (const [id, one] of Object.entries(part[name])) if (!parley[name].has(id)) parley[name].set(id, one);
    }
    const fresh = part.nodes.filter((node) => !parley.nodes.has(node.id));
    for (const node of fresh) parley.nodes.set(node.id, { ...node, at: null });
    part.lines.forEach(learnLine);
    parley.page.paths.planned = union(parley.page.paths.planned, part.planned);
    return fresh.map((node) => node.id);
  };
  parley.askPart = async (id, cursor) => {
    const part = await parley.ask(`/entities/${encodeURIComponent(id)}/part`, { cursor, as_of: parley.page.as_of });
    parley.learn(part);
    return part;
  };
})(window.parley);
