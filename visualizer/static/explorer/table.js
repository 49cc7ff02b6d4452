/* The picture's twin as text: who is in it, and how they are tied. */
(function (parley) {
  "use strict";
  const { element, said, button } = parley;
  const place = parley.byId("table");

  function table(title, heads, rows) {
    return element(
      "table",
      {},
      element("caption", { text: `${title} (${rows.length})` }),
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col", text: head })))),
      element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell))))),
    );
  }
  const named = (id) => button(said(parley.nameOf(id)), () => parley.select(id), { class: "plain" });
  function ofNode(node) {
    const entity = parley.entities.get(node.id);
    const side = parley.sides.get(entity.side);
    return [named(node.id), entity.kind, side ? said(side.name) : "", entity.caption ? said(entity.caption) : ""];
  }
  const ofLine = (line) => [named(line.from), said(line.caption + (line.dashes ? " (only announced or pending)" : "")), named(line.to)];
  parley.isTable = () => !place.hidden;
  parley.updateTable = () => {
    if (place.hidden) return;
    const byName = (a, b) => parley.nameOf(a.id).localeCompare(parley.nameOf(b.id), "en");
    const nodes = parley.visibleNodes().sort(byName);
    place.replaceChildren(
      table("In the picture", ["Name", "Kind", "Side", "Who or what"], nodes.map(ofNode)),
      table("Lines", ["From", "reads", "To"], parley.visibleLines().map(ofLine)),
    );
  };
  parley.startTable = () => {
    const toggle = parley.byId("as-table");
    const flip = (on) => {
      place.hidden = !on;
      toggle.setAttribute("aria-pressed", String(on));
      parley.updateTable();
    };
    toggle.addEventListener("click", () => flip(place.hidden));
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      flip(true);
      place.focus();
    });
  };
})(window.parley);
