/* The picture's twin as text: who is in it, and how they are tied, to be sorted by any column and filtered by a text. */
(function (parley) {
  "use strict";
  const { element, said, button } = parley;
  const state = parley.state;
  const place = parley.byId("table");
  const field = element("input", { type: "search", id: "table-filter", placeholder: "Filter rows…", "aria-label": "Filter the rows of both tables", autocomplete: "off", spellcheck: "false" });
  const count = element("p", { class: "small" });
  const tables = element("div", {});
  let drawn = "";

  const sideOf = (id) => (parley.sides.get(parley.entities.get(id).side) || { name: "" }).name;
  const words = (line) => line.caption + (line.dashes ? " (only announced or pending)" : "");
  const familyOf = (line) => (parley.page.families.find((one) => one.id === line.family) || { name: "" }).name;
  const GROUPS = {
    name: "groups",
    title: "Groups",
    sort: { column: 1, down: true },
    columns: [
      ["Group", (group) => group.name, (group) => () => parley.openGroup(group.id)],
      ["Entities", (group) => String(group.count)],
    ],
    all: () => parley.visibleGroups(),
    chosen: () => parley.focusedGroup(),
  };
  /* Each column with the text by which it is shown, sorted and filtered, and the column that opens what the row is about. */
  const PARTS = [
    {
      name: "nodes",
      title: "In the picture",
      sort: { column: 0, down: false },
      columns: [
        ["Name", (node) => parley.nameOf(node.id), (node) => () => parley.select(node.id)],
        ["Kind", (node) => node.kind],
        ["Side", (node) => sideOf(node.id)],
        ["Who or what", (node) => parley.entities.get(node.id).caption || ""],
        ["Lines", (node) => String((parley.linesOf.get(node.id) || []).filter(parley.isLineVisible).length)],
      ],
      all: () => parley.visibleNodes(),
      chosen: () => state.selected,
    },
    {
      name: "lines",
      title: "Lines",
      sort: { column: 0, down: false },
      columns: [
        ["From", (line) => parley.nameOf(line.from), (line) => () => parley.select(line.from)],
        ["Reads", words, (line) => () => parley.selectLine(line.id)],
        ["To", (line) => parley.nameOf(line.to), (line) => () => parley.select(line.to)],
        ["Family", familyOf],
      ],
      all: () => parley.visibleLines(),
      chosen: () => state.line,
    },
    ...(parley.hasGroups ? [GROUPS] : []),
  ];

  function rowsOf(part) {
    const wanted = parley.plain(field.value).split(/\s+/).filter(Boolean);
    const told = part.all().map((one) => ({ one, texts: part.columns.map(([, text]) => text(one)) }));
    const kept = told.filter(({ texts }) => {
      const whole = parley.plain(texts.join(" "));
      return wanted.every((word) => whole.includes(word));
    });
    const { column, down } = part.sort;
    const compare = (a, b) => a.texts[column].localeCompare(b.texts[column], "en", { numeric: true }) || (a.one.id < b.one.id ? -1 : 1);
    return { whole: told.length, rows: kept.sort((a, b) => (down ? compare(b, a) : compare(a, b))) };
  }
  function head(part, title, column) {
    const own = part.sort.column === column;
    const flip = () => {
      part.sort = { column, down: own && !part.sort.down };
      update();
      parley.announce(`${part.title}: sorted by ${title}, ${part.sort.down ? "descending" : "ascending"}. ${count.textContent}`);
    };
    const sorted = own ? (part.sort.down ? "descending" : "ascending") : "none";
    return element("th", { scope: "col", "aria-sort": sorted }, button(title, flip, { class: "sort", "data-key": `${part.name}-head-${column}` }));
  }
  function row(part, { one, texts }) {
    const cell = (text, column) => {
      const open = part.columns[column][2];
      return element("td", {}, open ? button(said(text), open(one), { class: "plain", "data-key": `${part.name}-${column}-${one.id}` }) : said(text));
    };
    return element("tr", { "data-id": one.id }, ...texts.map(cell));
  }
  const table = (part, rows) =>
    element(
      "table",
      { id: `table-${part.name}` },
      element("caption", { text: `${part.title} (${rows.length})` }),
      element("thead", {}, element("tr", {}, ...part.columns.map(([title], column) => head(part, title, column)))),
      element("tbody", {}, ...rows.map((told) => row(part, told))),
    );
  /* Draws the tables anew where they differ; who had the focus keeps it. */
  function update() {
    const found = PARTS.map((part) => ({ part, ...rowsOf(part) }));
    const now = JSON.stringify(found.map(({ part, rows }) => [part.sort, rows.map((told) => [told.one.id, ...told.texts])]));
    const of = (at) => (found[at].rows.length === found[at].whole ? found[at].whole : `${found[at].rows.length} of ${found[at].whole}`);
    const groups = parley.hasGroups ? ` ${of(2)} groups stand for more.` : "";
    count.textContent = `${of(0)} entities, ${of(1)} lines.${groups}`;
    if (now !== drawn) {
      const key = tables.contains(document.activeElement) ? document.activeElement.dataset.key : "";
      tables.replaceChildren(...found.map(({ part, rows }) => table(part, rows)));
      if (key) ([...tables.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key) || place).focus({ preventScroll: true });
    }
    drawn = now;
    mark();
  }
  /* The row of what is selected; it comes into sight when something else was selected before. */
  let marked = "";
  function mark() {
    const chosen = `${state.selected} ${state.line}`;
    for (const part of PARTS) {
      for (const one of tables.querySelectorAll(`#table-${part.name} tbody tr`)) {
        const on = one.dataset.id === part.chosen();
        if (on) one.setAttribute("aria-current", "true");
        else one.removeAttribute("aria-current");
        if (on && marked !== chosen) one.scrollIntoView({ block: "nearest" });
      }
    }
    marked = chosen;
  }
  parley.isTable = () => !place.hidden;
  parley.updateTable = () => {
    if (!place.hidden) update();
  };
  /* Where the keyboard returns to when a card or a search closes. */
  parley.home = () => (place.hidden ? parley.byId("network") : place);
  function flip(on) {
    place.hidden = !on;
    parley.byId("network").inert = on;
    parley.byId("as-table").setAttribute("aria-pressed", String(on));
    marked = "";
    parley.updateTable();
    if (on) parley.announce(`Table. ${count.textContent}`);
  }
  function pressed(event) {
    if (event.key !== "Escape" || !field.value) return;
    field.value = "";
    filter();
    event.preventDefault();
    event.stopPropagation();
  }
  function filter() {
    update();
    parley.announce(count.textContent);
  }
  parley.startTable = () => {
    place.replaceChildren(element("div", { class: "table-bar" }, field, count), tables);
    field.addEventListener("input", filter);
    field.addEventListener("keydown", pressed);
    parley.byId("as-table").addEventListener("click", () => flip(place.hidden));
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      flip(true);
      place.focus();
    });
  };
})(window.parley);
