/* Saves what the picture shows as JSON or CSV, from what the page holds: works from a file, without a network. */
(function (parley) {
  "use strict";
  const COLUMNS = ["part", "id", "labels", "type", "name", "from", "to", "evidence", "caption", "side", "aliases", "note", "certainty", "polarity", "held"];
  const menu = parley.byId("export");
  const given = (entries) => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== "" && value.length !== 0));

  /* Relationships that the lines in the picture stand for; a line may stand for several, by way of nodes that are folded into it. */
  const relationships = () => [...new Set(parley.visibleLines().flatMap((line) => line.parts))].filter((id) => parley.relationships.has(id)).sort();
  function nodeOf(id) {
    const { name, kind, caption, side, aliases, note, certainty, held, evidence } = parley.entities.get(id);
    const seat = parley.sides.get(side);
    return { id, labels: [kind], name, properties: given({ caption, side: seat && seat.name, aliases, note, certainty, held, evidence }) };
  }
  function relationshipOf(id) {
    const { from, to, note, certainty, polarity, held, evidence } = parley.relationships.get(id);
    return { id, type: id.split("--")[1], from, to, evidence: evidence || [], properties: given({ note, certainty, polarity, held }) };
  }
  /* What is shown, in the shape of the API's graphs; every end of a relationship is among the nodes. */
  parley.shownGraph = () => {
    const ties = relationships().map(relationshipOf);
    const ids = new Set([...parley.visibleNodes().map((node) => node.id), ...ties.flatMap((tie) => [tie.from, tie.to])]);
    const nodes = [...ids].filter((id) => parley.entities.has(id)).sort().map(nodeOf);
    return { datasets: parley.page.datasets, nodes, relationships: ties, truncated: parley.page.truncated, as_of: parley.page.as_of };
  };

  /* A cell that no spreadsheet takes for a formula, as RFC 4180 writes it. */
  function cell(value) {
    const text = Array.isArray(value) ? value.join("; ") : String(value ?? "");
    const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
  const line = (cells) => `${cells.map(cell).join(",")}\r\n`;
  const row = (part, one) => line(COLUMNS.map((name) => (name === "part" ? part : (one[name] ?? one.properties[name]))));
  parley.asJson = (graph) => `${JSON.stringify(graph, null, 2)}\n`;
  parley.asCsv = (graph) =>
    `\ufeff${line(COLUMNS)}${graph.nodes.map((one) => row("node", one)).join("")}${graph.relationships.map((one) => row("relationship", one)).join("")}`;

  function fileName(suffix) {
    const sets = parley.page.datasets.map((one) => `${one.id}-${one.version}`).join("_") || "parley";
    const moment = parley.page.as_of ? `-as-of-${parley.page.as_of}` : "";
    return `${`${sets}${moment}`.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 120)}.${suffix}`;
  }
  function save(text, kind, suffix) {
    const address = URL.createObjectURL(new Blob([text], { type: kind }));
    parley.element("a", { href: address, download: fileName(suffix) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    menu.open = false;
    parley.announce(`Saved ${fileName(suffix)}`);
  }
  parley.startExport = () => {
    parley.byId("export-json").addEventListener("click", () => save(parley.asJson(parley.shownGraph()), "application/json", "json"));
    parley.byId("export-csv").addEventListener("click", () => save(parley.asCsv(parley.shownGraph()), "text/csv;charset=utf-8", "csv"));
    document.addEventListener("pointerdown", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    });
  };
})(window.parley);
