/* How kinds and relationship types are drawn, as the explorer's glyphs read it. */
(function (parley) {
  "use strict";
  const page = JSON.parse(parley.byId("data-console").textContent);
  parley.page = page;
  parley.kinds = new Map(page.kinds.map((kind) => [kind.id, kind]));
  parley.entities = new Map();
  parley.nodes = new Map();
  const sides = [];

  /* Sides have their colours by their places at the table, which the data sets in the graph name. */
  parley.learnSides = (datasets) => {
    for (const dataset of datasets) for (const side of dataset.sides || []) if (!sides.includes(side)) sides.push(side);
  };
  const sideColour = (node) => {
    const place = sides.indexOf(sides.includes(node.id) ? node.id : node.properties.side);
    return place < 0 || place >= page.places ? "third" : `side-${place}`;
  };
  parley.kindOf = (node) => node.labels.findLast((label) => parley.kinds.has(label)) || "";
  parley.nameOf = (node) => {
    const own = typeof node.name === "string" && node.name ? node.name : node.properties.name;
    return parley.readable(String(typeof own === "string" && own ? own : node.id || node.labels.at(-1) || "node")).slice(0, 200);
  };
  /* {kind, colour, icon, name} of a node of an answer; plain for one that the ontology does not know. */
  parley.lookOf = (node) => {
    const kind = parley.kinds.get(parley.kindOf(node));
    const name = parley.nameOf(node);
    if (!kind) return { kind: "", shape: "circle", colour: "plain", icon: "", name };
    const icons = kind.icons || {};
    const icon = icons[node.properties.icon] || icons[node.properties.kind] || kind.icon;
    return { kind: kind.id, shape: kind.shape, colour: kind.colour === "side" ? sideColour(node) : kind.colour, icon: page.icons[icon] || "", name };
  };
  parley.lineOf = (type) => page.lines[type] || { family: "plain", caption: "", dashes: false };
  /* Where a node has a page; null for one that has none. */
  parley.pageOf = (node) => {
    if (typeof node.id !== "string" || node.id.length > 120 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(node.id)) return null;
    return node.labels.includes("Entity") || node.labels.includes("Source") ? `/entities/${node.id}` : null;
  };
})(window.parley);
