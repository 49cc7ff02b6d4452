/* What the picture does not show, and why: by the reader, by a filter, by the date, for want of room, without a line. Each entry brings it back. */
(function (parley) {
  "use strict";
  const { element, button, said } = parley;
  const state = parley.state;
  const MOST = 200;
  const open = new Set();
  let key = "";

  const come = (node) => parley.select(node.id);
  const CAUSES = [
    { name: "Hidden by you", is: (node) => state.hidden.has(node.id), all: "Bring back all", clear: () => state.hidden.clear() },
    { name: "Left out by “only”", is: (node) => state.present.has(node.id) && state.only.size && !state.only.has(node.id) && !parley.neighbours(node.id).some((id) => state.only.has(id)), all: "Show the others too", clear: () => state.only.clear() },
    { name: "Left out by a filter", is: (node) => state.present.has(node.id) && !parley.passes(node), all: "Clear these filters", clear: clearFilters },
    { name: "Not on this date", is: (node) => state.present.has(node.id) && state.date && !parley.holdsAt(node, state.date), all: "All dates", clear: () => (state.date = ""), come: goThere },
  ];
  function clearFilters() {
    for (const one of state.off) if (/^(kind|side):/.test(one)) state.off.delete(one);
  }
  /* Go to the first day on which it holds. */
  function goThere(node) {
    parley.act(`Go to ${parley.nameOf(node.id)}`, () => {
      state.date = parley.firstDay(node);
      come(node);
    });
  }
  const WAITS = "Shown in a wider window";
  const reasonOf = (node) => (node.waits === "Beyond the first" ? "Waiting for room" : node.waits || WAITS);
  /* Every node that is not shown, by the first cause that applies. */
  parley.notShown = () => {
    const groups = new Map(CAUSES.map((cause) => [cause.name, { ...cause, nodes: [] }]));
    for (const node of parley.nodes.values()) {
      if (parley.isVisible(node.id)) continue;
      const cause = CAUSES.find((one) => one.is(node));
      const name = cause ? cause.name : reasonOf(node);
      if (!groups.has(name)) groups.set(name, { name, nodes: [] });
      groups.get(name).nodes.push(node);
    }
    return [...groups.values()].filter((one) => one.nodes.length);
  };
  function entries(group) {
    const found = group.nodes.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
    const rows = found.slice(0, MOST).map((node) => element("li", {}, button(said(parley.nameOf(node.id)), () => (group.come || come)(node), { title: titleOf(group, node) })));
    const rest = found.length - MOST;
    return rest > 0 ? [...rows, element("li", { class: "small", text: `and ${rest} more: search finds them` })] : rows;
  }
  function titleOf(group, node) {
    const day = group.come ? parley.firstDay(node) : "";
    return day ? `Go to ${parley.dayInWords(day)}` : "Show it in the picture";
  }
  function listOf(group) {
    const list = element("ul", {});
    const fill = () => list.childElementCount || list.append(...entries(group));
    const details = element("details", { open: open.has(group.name) }, element("summary", {}, group.name, element("b", { text: group.nodes.length })));
    if (group.clear) details.append(button(group.all, () => parley.act(group.all, group.clear), { class: "clear" }));
    details.append(list);
    details.addEventListener("toggle", () => {
      open[details.open ? "add" : "delete"](group.name);
      if (details.open) fill();
    });
    if (open.has(group.name)) fill();
    return details;
  }
  parley.updateWaiting = () => {
    const place = parley.byId("waiting");
    const groups = parley.notShown();
    const now = JSON.stringify([state.date, groups.map((group) => [group.name, group.nodes.map((node) => node.id)])]);
    if (now === key && place.childElementCount) return;
    key = now;
    const count = groups.reduce((sum, group) => sum + group.nodes.length, 0);
    const within = place.contains(document.activeElement);
    const close = button("×", () => sheet(false), { class: "close", "aria-label": "Close the list" });
    const chip = button(`Not shown (${count})`, () => sheet(!place.classList.contains("open")), { class: "row sheet-chip", "aria-expanded": String(place.classList.contains("open")) });
    const lists = element("div", { class: "lists" }, close, element("h2", { text: `Not shown (${count})` }), ...groups.map(listOf));
    place.replaceChildren(...(count ? [chip, lists] : []));
    if (within && count) (place.querySelector("summary") || chip).focus();
  };
  /* On a phone the lists are a sheet that a chip opens. */
  function sheet(on) {
    const chip = parley.byId("waiting").querySelector(".sheet-chip");
    parley.byId("waiting").classList.toggle("open", on);
    chip.setAttribute("aria-expanded", String(on));
    if (!on) chip.focus();
  }
  parley.onChange((what) => {
    if (what === "selection") parley.byId("waiting").classList.remove("open");
  });
})(window.parley);
