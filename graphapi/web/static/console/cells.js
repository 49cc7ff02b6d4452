/* The answer as a table: text in every cell, and a link where a node has a page. */
(function (parley) {
  "use strict";
  const MOST_ITEMS = 12;
  const MOST_LETTERS = 600;
  const { element, svg } = parley;

  parley.glyphOfNode = (node) => {
    const look = parley.lookOf(node);
    const drawn = svg("svg", { class: `glyph fill-${look.colour}`, viewBox: "-13 -13 26 26", "aria-hidden": "true" }, svg("path", { class: "glyph-shape", d: parley.outline(look.shape, 10.5) }));
    const [size, down] = parley.iconBox(look.shape, 10.5);
    if (look.icon) drawn.append(svg("path", { class: "glyph-icon", d: look.icon, transform: `translate(${-size / 2} ${down - size / 2}) scale(${size / 24})` }));
    else drawn.append(svg("text", { class: "glyph-text", y: 3.4, text: parley.initials(look.name) }));
    return drawn;
  };
  const short = (text) => {
    const letters = [...text];
    return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join("")}… (${letters.length.toLocaleString("en")} characters; JSON has them all)` : text;
  };
  const said = (text) => parley.said(parley.readable(short(text)));
  function node(value) {
    const page = parley.pageOf(value);
    const name = said(parley.nameOf(value));
    const shown = page ? element("a", { href: page }, name) : name;
    return element("span", { class: "held" }, parley.glyphOfNode(value), element("span", {}, shown, " ", element("small", { text: parley.readable(value.labels.at(-1) || "") })));
  }
  const endText = (id) => said(id || "?");
  const relationship = (value) => element("span", {}, endText(value.from), ` —[`, element("code", { text: parley.readable(value.type) }), `]→ `, endText(value.to));
  function list(values, inside) {
    const items = values.slice(0, MOST_ITEMS).map((one) => element("li", {}, inside(one)));
    if (values.length > MOST_ITEMS) items.push(element("li", {}, element("small", { text: `… ${values.length - MOST_ITEMS} more; JSON has them all` })));
    return element("ul", { class: "items" }, ...items);
  }
  const isPlain = (value) => value === null || typeof value !== "object";
  /* What stands in a cell for a value. */
  parley.cell = (value) => {
    if (value === null) return element("span", { class: "none", text: "null" });
    if (parley.isNode(value)) return node(value);
    if (parley.isRelationship(value)) return relationship(value);
    if (parley.isPath(value)) return list([...value.nodes, ...value.relationships], parley.cell);
    if (Array.isArray(value)) return value.length && !value.every(isPlain) ? list(value, parley.cell) : said(value.length ? value.map(String).join(", ") : "[]");
    if (typeof value === "object") return element("code", {}, said(parley.exactText(value)));
    return said(String(value));
  };
  parley.tableOf = (answer) => {
    const head = element("tr", {}, ...answer.columns.map((name) => element("th", { scope: "col" }, parley.said(parley.readable(name)))));
    const rows = answer.rows.map((row) => element("tr", {}, ...row.map((value) => element("td", { class: /number|bigint/.test(typeof value) ? "number" : null }, parley.cell(value)))));
    const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
    return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" }, table);
  };
})(window.parley);
