/* Sorts and filters the rows of a table; the order of the answer comes back with the third press. */
(function (parley) {
  "use strict";
  const FEW = 4;
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const text = (row, place) => {
    const found = row.cells[place].textContent.trim();
    return found === "—" ? "" : found;
  };

  function compare(place, isNumber) {
    return (one, other) => {
      const [a, b] = [text(one, place), text(other, place)];
      if (!a || !b) return a ? -1 : b ? 1 : 0;
      return isNumber ? Number(a) - Number(b) : order.compare(a, b);
    };
  }

  function sorted(rows, place, isNumber, way) {
    const by = compare(place, isNumber);
    const empty = (row) => !text(row, place);
    if (way !== "descending") return [...rows].sort(by);
    return [...rows.filter((row) => !empty(row)).sort((one, other) => by(other, one)), ...rows.filter(empty)];
  }

  function sortable(table) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const name = head.textContent;
      const isNumber = ["integer", "number"].includes(head.dataset.kind);
      const press = () => {
        const way = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
        const next = way === undefined ? "ascending" : way;
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        table.tBodies[0].append(...(next ? sorted(rows, place, isNumber, next) : rows));
        parley.announce(next ? `Sorted by ${name}, ${next}` : "In the order of the answer");
      };
      head.replaceChildren(parley.button(name, press));
    });
  }

  function sifted(table) {
    const rows = [...table.tBodies[0].rows];
    const said = parley.element("span", { class: "small" });
    const field = parley.element("input", { type: "search", id: "sift", autocomplete: "off", spellcheck: "false" });
    field.addEventListener("input", () => {
      const words = parley.plain(field.value).split(/\s+/).filter(Boolean);
      for (const row of rows) row.hidden = !words.every((word) => parley.plain(row.textContent).includes(word));
      const count = rows.filter((row) => !row.hidden).length;
      said.textContent = words.length ? `${count} of ${rows.length} rows` : "";
      parley.announce(said.textContent || `${rows.length} rows`);
    });
    table.closest(".scroll").before(parley.element("div", { class: "sift" }, parley.element("label", { for: "sift" }, "Filter rows"), field, said));
  }

  for (const table of document.querySelectorAll("table.rows")) {
    if (table.tBodies[0].rows.length < 2) continue;
    sortable(table);
    if (table.tBodies[0].rows.length >= FEW) sifted(table);
  }
})(window.parley);
