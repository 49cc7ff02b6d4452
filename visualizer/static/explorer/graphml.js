/* What is shown as GraphML (http://graphml.graphdrawing.org), as the service writes it. */
(function (parley) {
  "use strict";
  const NAMESPACE = "http://graphml.graphdrawing.org/xmlns";
  const FIRST = ["label", "type", "labels", "name", "evidence", "held"];
  const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;" };

  /* A text as it may stand in an element or in quotes, without what XML 1.0 cannot hold. */
  parley.xmlText = (text) =>
    String(text)
      .toWellFormed()
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g, "")
      .replace(/[&<>"\t\n\r]/g, (mark) => MARKS[mark]);
  /* The schema takes only name tokens for ids; another character stands there by its number. */
  parley.nameToken = (id) => id.replace(/[^\p{L}\p{N}_.:-]/gu, (one) => `_x${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}_`);
  const { xmlText, nameToken } = parley;

  const told = (value) => value !== undefined && value !== null && value.length !== 0;
  const valuesOf = (label, one) => Object.fromEntries(Object.entries({ label, type: one.type, labels: one.labels, name: one.name, evidence: one.evidence, ...one.properties }).filter(([, value]) => told(value)));
  function columns(rows) {
    const names = new Set(rows.flatMap(Object.keys));
    return [...FIRST.filter((name) => names.has(name)), ...[...names].filter((name) => !FIRST.includes(name)).sort()];
  }
  const keys = (part, names) => names.map((name) => `<key id="${part}-${nameToken(name)}" for="${part}" attr.name="${xmlText(name)}" attr.type="string"/>\n`).join("");
  const data = (part, names, values) =>
    names
      .filter((name) => name in values)
      .map((name) => `<data key="${part}-${nameToken(name)}">${xmlText([values[name]].flat().join("; "))}</data>`)
      .join("");

  parley.asGraphml = (graph) => {
    const nodes = graph.nodes.map((one) => valuesOf(one.name, one));
    const edges = graph.relationships.map((one) => valuesOf(one.type, one));
    const [ofNodes, ofEdges] = [columns(nodes), columns(edges)];
    return [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      `<graphml xmlns="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} ${NAMESPACE}/1.0/graphml.xsd">\n`,
      `<desc>${xmlText(parley.captionOf(graph))}</desc>\n`,
      keys("node", ofNodes),
      keys("edge", ofEdges),
      '<graph edgedefault="directed">\n',
      ...graph.nodes.map((one, at) => `<node id="${nameToken(one.id)}">${data("node", ofNodes, nodes[at])}</node>\n`),
      ...graph.relationships.map((one, at) => `<edge id="${nameToken(one.id)}" source="${nameToken(one.from)}" target="${nameToken(one.to)}">${data("edge", ofEdges, edges[at])}</edge>\n`),
      "</graph>\n</graphml>\n",
    ].join("");
  };
})(window.parley);
