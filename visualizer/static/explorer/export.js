/* Saves what the picture shows, from what the page holds: works from a file, without a network. */
(function (parley) {
  "use strict";
  const COLUMNS = ["part", "id", "labels", "type", "name", "from", "to", "evidence", "caption", "side", "aliases", "note", "date", "valid_from", "valid_to", "first_day", "certainty", "polarity", "held"];
  const menu = parley.byId("export");

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

  function save(content, kind, suffix) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: kind }));
    parley.element("a", { href: address, download: parley.fileName(suffix) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    menu.open = false;
    parley.announce(`Saved ${parley.fileName(suffix)}`);
  }
  const written = (write, kind, suffix) => () => save(write(parley.shownGraph()), kind, suffix);
  async function savePng() {
    try {
      const { blob, factor } = await parley.asPng(parley.drawnPicture());
      save(blob, "image/png", "png");
      if (factor < parley.PNG_FACTOR) parley.tell([`The picture is too large for twice its size: it was saved at ${factor.toFixed(2)} times. SVG has no such limit.`]);
    } catch (error) {
      parley.tell([`This browser could not draw the PNG (${error.message}). Save it as SVG, which needs no drawing.`]);
    }
  }
  parley.startExport = () => {
    const ways = {
      png: savePng,
      svg: () => save(parley.asSvg(parley.drawnPicture()), "image/svg+xml", "svg"),
      csv: written(parley.asCsv, "text/csv;charset=utf-8", "csv"),
      json: written(parley.asJson, "application/json", "json"),
      graphml: written(parley.asGraphml, "application/graphml+xml", "graphml"),
    };
    for (const [form, way] of Object.entries(ways)) parley.byId(`export-${form}`).addEventListener("click", way);
    parley.asMenu(menu);
  };
})(window.parley);
