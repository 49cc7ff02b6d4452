/* The legend is the filter: sides, kinds, lines and how certain they are, each with how many the picture holds. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const MOST = 40;
  const CERTAINTIES = [["stated", "Stated"], ["implied", "Implied by context"], ["assessed", "Assessed by the source"], ["alleged", "Alleged by one side"]];
  const rows = [];
  const heads = [];

  const sample = (name) =>
    parley.svg("svg", { class: "sample", viewBox: "0 0 20 8", "aria-hidden": "true" }, parley.svg("path", { class: name, d: "M1 4H19" }));
  function row(group, id, name, mark, count) {
    const box = parley.element("input", { type: "checkbox" });
    const number = parley.element("b", {});
    const label = parley.element("label", { class: "row" }, box, mark, parley.said(name), number);
    const only = parley.button("only", () => keepOnly(group, id, name), { class: "only", "aria-label": `Only ${name}`, title: `Only ${name}` });
    box.addEventListener("change", () =>
      parley.act(box.checked ? `Show ${name}` : `Filter ${name}`, () => {
        if (box.checked) showKind(group, id);
        parley.toggle(group, id, box.checked);
      }),
    );
    keepPressed(label, () => keepOnly(group, id, name));
    rows.push({ group, id, box, number, label, count });
    return parley.element("div", { class: "choice" }, label, only);
  }
  /* A finger that stays does what "only" does, for which phones have no room; letting go is then no tap. */
  const LONG = 500;
  function keepPressed(label, deed) {
    let timer = 0;
    let done = false;
    const stop = () => clearTimeout(timer);
    label.addEventListener("pointerdown", (event) => {
      done = false;
      stop();
      if (event.pointerType !== "touch") return;
      timer = setTimeout(() => {
        done = true;
        deed();
      }, LONG);
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) label.addEventListener(name, stop);
    label.addEventListener("contextmenu", (event) => {
      if (done) event.preventDefault();
    });
    label.addEventListener("click", (event) => {
      if (done) event.preventDefault();
      done = false;
    }, true);
  }
  /* A kind that waits comes into the picture when its box is ticked, the heaviest first. */
  function showKind(group, kind) {
    const all = group === "kind" ? [...parley.nodes.values()].filter((node) => node.kind === kind) : [];
    if (parley.hasGroups || all.some((node) => state.present.has(node.id))) return;
    parley.show(all.sort((a, b) => b.weight - a.weight).slice(0, MOST).map((node) => node.id));
  }
  const ofGroup = (group) => rows.filter((one) => one.group === group);
  function keepOnly(group, id, name) {
    parley.act(`Only ${name}`, () => {
      showKind(group, id);
      for (const one of ofGroup(group)) state.off[one.id === id ? "delete" : "add"](`${group}:${one.id}`);
    });
    parley.announce(`Only ${name}`);
  }
  function keepAll(group, title) {
    parley.act(`All of ${title}`, () => {
      for (const one of ofGroup(group)) state.off.delete(`${group}:${one.id}`);
    });
    ofGroup(group)[0].box.focus();
    parley.announce(`All of ${title}`);
  }
  /* What the picture would hold of one, were it not for the filter of its own group. */
  const nodesBut = (group) => [...[...state.present].filter(parley.isInPicture).map((id) => parley.nodes.get(id)).filter((node) => parley.passes(node, group)), ...parley.gathered(group)];
  const stands = (id) => parley.isVisible(id) || parley.isGathered(id);
  function linesBut(group) {
    const kept = (line) => (group === "lines" || !parley.isOff("lines", line.family)) && (group === "certainty" || !parley.isOff("certainty", parley.certaintyOf(line)));
    return [...parley.lines.values()].filter((line) => stands(line.from) && stands(line.to) && kept(line) && (!state.date || parley.holdsAt(line, state.date)));
  }
  const COUNTED = {
    side: () => counted(nodesBut("side"), parley.sideOf),
    kind: () => counted(nodesBut("kind"), (node) => node.kind),
    lines: () => counted(linesBut("lines"), (line) => line.family),
    certainty: () => counted(linesBut("certainty"), parley.certaintyOf),
  };
  function counted(things, name) {
    const found = new Map();
    for (const thing of things) found.set(name(thing), (found.get(name(thing)) || 0) + 1);
    return found;
  }

  function group(name, title, members, ...more) {
    const all = parley.button("all", () => keepAll(name, title), { class: "only", "aria-label": `All of ${title}` });
    heads.push({ group: name, all });
    return parley.element("section", { "aria-label": title }, parley.element("div", { class: "group-head" }, parley.element("h2", { text: title }), all), ...members, ...more);
  }
  function built() {
    const kinds = parley.page.kinds.filter((kind) => kind.drawn !== "folded");
    const lines = [...parley.lines.values()];
    const families = parley.page.families.filter((family) => lines.some((line) => line.family === family.id));
    const certainties = CERTAINTIES.filter(([id]) => lines.some((line) => parley.certaintyOf(line) === id));
    const dot = (id) => parley.svg("svg", { class: `glyph fill-${id}`, viewBox: "-13 -13 26 26", "aria-hidden": "true" }, parley.svg("circle", { class: "glyph-shape", r: 8 }));
    const hint = (name, words, attributes) => parley.element("p", { class: "hint", ...attributes }, sample(name), words);
    return [
      group("side", "Side", parley.page.sides.map((side) => row("side", side.id, side.name, dot(side.id)))),
      group("kind", "Kind", kinds.map((kind) => row("kind", kind.id, kind.name, parley.glyph(kind.id, kind.colour === "side" ? "plain" : kind.colour, "")))),
      group("lines", "Lines", families.map((family) => row("lines", family.id, family.name, sample(`stroke-${family.id}`))), hint("dashed", "only announced or pending"), hint("light", "not sure on this date", { id: "light-hint" })),
      certainties.length > 1 ? group("certainty", "Certainty", certainties.map(([id, name]) => row("certainty", id, name, null))) : null,
      parley.element("section", { id: "waiting", "aria-label": "Not shown" }),
    ].filter(Boolean);
  }
  const written = (number) => number.toLocaleString("en");
  const counting = (number, one, more) => `${written(number)} ${number === 1 ? one : more}`;
  /* How much is drawn; of an overview also how much its groups stand for. */
  function shownInWords(lines) {
    const shown = parley.visibleNodes().length;
    const gathered = parley.gathered().length;
    const [all, between] = [counting(parley.nodes.size, "entity", "entities"), counting(gathered ? linesBut("").length : lines, "line", "lines")];
    if (!gathered) return [`${written(shown)} of ${written(parley.nodes.size)} shown`, between];
    const inGroups = `in ${counting(parley.visibleGroups().length, "group", "groups")}`;
    if (gathered === parley.nodes.size) return [`${all} ${inGroups}`, between];
    return [`${written(shown)} of ${all} shown`, `${written(gathered)} ${inGroups}`, between];
  }
  /* What the rows stand for: it grows when the service sends more of the graph. */
  const known = () => [...parley.kinds.keys(), ...new Set([...parley.lines.values()].flatMap((line) => [line.family, parley.certaintyOf(line)]))].join(" ");
  let standing = "";
  parley.startLegend = () => {
    standing = known();
    rows.length = heads.length = 0;
    parley.byId("legend").replaceChildren(...built());
  };
  parley.updateLegend = () => {
    if (known() !== standing) parley.startLegend();
    const numbers = Object.fromEntries(Object.entries(COUNTED).map(([name, count]) => [name, count()]));
    const kinds = new Set([...[...state.present].map((id) => parley.nodes.get(id).kind), ...parley.visibleGroups().map((each) => each.kind)]);
    for (const one of rows) {
      const on = !parley.isOff(one.group, one.id) && (one.group !== "kind" || kinds.has(one.id));
      one.box.checked = on;
      one.number.textContent = numbers[one.group].get(one.id) || 0;
      one.label.classList.toggle("off", !on);
    }
    for (const one of heads) one.all.hidden = !ofGroup(one.group).some((other) => parley.isOff(other.group, other.id));
    const lines = parley.visibleLines();
    parley.byId("light-hint").hidden = !lines.some(parley.isLight);
    parley.byId("shown").textContent = [...shownInWords(lines.length), ...(state.date ? [`on ${parley.dayInWords(state.date)}`] : [])].join(", ");
    parley.updateWaiting();
  };
})(window.parley);
