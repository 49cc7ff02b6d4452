/* The legend is the filter: sides, kinds and lines with what the picture holds of each, and what it does not show, with why. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const MOST = 40;
  const rows = [];

  const sample = (family) =>
    parley.svg("svg", { class: "sample", viewBox: "0 0 20 8", "aria-hidden": "true" }, parley.svg("path", { class: `stroke-${family}`, d: "M1 4H19" }));
  function row(group, id, name, mark, count) {
    const box = parley.element("input", { type: "checkbox" });
    const number = parley.element("b", {});
    const label = parley.element("label", { class: "row" }, box, mark, parley.said(name), number);
    box.addEventListener("change", () => {
      if (box.checked && group === "kind") showKind(id);
      parley.toggle(group, id, box.checked);
    });
    rows.push({ group, id, box, number, label, count });
    return label;
  }
  /* A kind that waits comes into the picture when its box is ticked, the heaviest first. */
  function showKind(kind) {
    const all = [...parley.nodes.values()].filter((node) => node.kind === kind);
    if (all.some((node) => state.present.has(node.id))) return;
    parley.show(all.sort((a, b) => b.weight - a.weight).slice(0, MOST).map((node) => node.id));
  }
  const present = () => [...state.present].map((id) => parley.nodes.get(id));
  const ofSide = (id) => present().filter((node) => parley.sideOf(node) === id && parley.passes(node, "side")).length;
  const ofKind = (id) => present().filter((node) => node.kind === id && parley.passes(node, "kind")).length;
  const ofFamily = (id) => [...parley.lines.values()].filter((line) => line.family === id && parley.isVisible(line.from) && parley.isVisible(line.to)).length;

  function group(title, members) {
    return parley.element("section", { "aria-label": title }, parley.element("h2", { text: title }), ...members);
  }
  function built() {
    const kinds = parley.page.kinds.filter((kind) => kind.drawn !== "folded");
    const families = parley.page.families.filter((family) => [...parley.lines.values()].some((line) => line.family === family.id));
    const dot = (id) => parley.svg("svg", { class: `glyph fill-${id}`, viewBox: "-13 -13 26 26", "aria-hidden": "true" }, parley.svg("circle", { class: "glyph-shape", r: 8 }));
    return [
      group("Side", parley.page.sides.map((side) => row("side", side.id, side.name, dot(side.id), ofSide))),
      group("Kind", kinds.map((kind) => row("kind", kind.id, kind.name, parley.glyph(kind.id, kind.colour === "side" ? "plain" : kind.colour, ""), ofKind))),
      group("Lines", [
        ...families.map((family) => row("lines", family.id, family.name, sample(family.id), ofFamily)),
        parley.element("p", { class: "hint" }, parley.svg("svg", { class: "sample", viewBox: "0 0 20 8", "aria-hidden": "true" }, parley.svg("path", { class: "dashed", d: "M1 4H19" })), "only announced or pending"),
      ]),
      parley.element("section", { id: "waiting", "aria-label": "Not shown" }),
    ];
  }
  function waiting() {
    const reasons = new Map();
    for (const node of parley.nodes.values()) {
      if (state.present.has(node.id)) continue;
      const reason = node.waits || "Shown in a wider window";
      if (!reasons.has(reason)) reasons.set(reason, []);
      reasons.get(reason).push(node);
    }
    const parts = [...reasons].map(([reason, nodes]) =>
      parley.element("details", {}, parley.element("summary", {}, reason, parley.element("b", { text: nodes.length })), parley.element("ul", {}, ...nodes.sort((a, b) => b.weight - a.weight).map(entry))),
    );
    const count = [...reasons.values()].reduce((sum, nodes) => sum + nodes.length, 0);
    parley.byId("waiting").replaceChildren(...(count ? [parley.element("h2", { text: `Not shown (${count})` }), ...parts] : []));
  }
  const entry = (node) => parley.element("li", {}, parley.button(parley.said(parley.nameOf(node.id)), () => parley.select(node.id)));

  parley.startLegend = () => {
    parley.byId("legend").replaceChildren(...built());
    waiting();
  };
  let known = -1;
  parley.updateLegend = () => {
    for (const one of rows) {
      const count = one.count(one.id);
      const on = !parley.isOff(one.group, one.id) && (one.group !== "kind" || present().some((node) => node.kind === one.id));
      one.box.checked = on;
      one.number.textContent = count;
      one.label.classList.toggle("off", !on);
    }
    if (known !== state.present.size) waiting();
    known = state.present.size;
    const shown = parley.visibleNodes().length;
    parley.byId("shown").textContent = `${shown} of ${parley.nodes.size} shown, ${parley.visibleLines().length} lines`;
  };
})(window.parley);
