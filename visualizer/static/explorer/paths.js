/* How two entities are connected: picks the second, draws the chains, tells them in the card. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const { element, button, said } = parley;
  let picking = null;
  let found = null;
  let asked = 0;

  parley.isPicking = () => picking !== null;
  parley.pathWords = () => {
    if (picking !== null) return `Path from ${parley.nameOf(picking)}: choose where it ends, in the picture or by search`;
    return state.path ? `Path from ${parley.nameOf(state.path.from)} to ${parley.nameOf(state.path.to)}` : "";
  };
  parley.pickPath = (id) => {
    if (!parley.entities.has(id)) return;
    picking = id;
    parley.updateActions();
    parley.home().focus();
  };
  const select = parley.select;
  parley.select = (id) => {
    if (picking === null || !parley.entities.has(id) || id === picking) return select(id);
    return parley.openPath(picking, id);
  };
  parley.leavePath = () => {
    const from = picking;
    picking = found = null;
    asked += 1;
    if (state.path) {
      state.path = null;
      parley.together(() => ["path", "selection"].forEach(parley.changed));
    } else parley.updateActions();
    return from;
  };

  async function ask(from, to) {
    if (!parley.page.live) return parley.findChains(from, to);
    try {
      return await parley.ask("/paths", { from, to, max_hops: String(parley.mostSteps), as_of: state.date || parley.page.as_of });
    } catch (error) {
      const refused = error.status >= 400 && error.status < 500;
      parley.tell([refused ? error.message : `${error.message} The chains are those of what this page holds.`]);
      return refused ? { paths: [], truncated: false } : parley.findChains(from, to);
    }
  }
  /* The service may walk over what the page does not hold: take it in, so that it can be drawn and its evidence opened. */
  async function takeIn(answer) {
    const steps = answer.paths.flatMap((chain) => chain.steps);
    const missing = [...new Set(steps.filter((step) => !parley.relationships.has(step.relationship.id)).flatMap((step) => [step.from.id, step.to.id]))];
    for (const id of missing.slice(0, 12)) {
      try {
        await parley.askPart(id, "");
      } catch {
        parley.tell(["The service did not send all of the path: some of it is told and not drawn."]);
        return;
      }
    }
  }
  parley.openPath = async (from, to, selected = null) => {
    picking = null;
    const turn = (asked += 1);
    found = null;
    state.path = { from, to, nodes: [], lines: [] };
    state.selected = selected;
    state.line = null;
    parley.together(() => ["path", "selection"].forEach(parley.changed));
    const answer = await ask(from, to);
    if (parley.page.live) await takeIn(answer);
    if (turn !== asked || !state.path) return;
    found = answer;
    draw(answer.paths);
    const count = answer.paths.length;
    parley.announce(count ? `${parley.pathWords()}: ${counted(answer)}.` : nothing());
  };
  const counted = ({ paths, truncated }) => `${paths.length}${truncated ? " of more" : ""} shortest ${paths.length === 1 ? "chain" : "chains"} of ${paths[0].steps.length} ${paths[0].steps.length === 1 ? "step" : "steps"}`;
  const nothing = () =>
    parley.isApart(state.path.from) || parley.isApart(state.path.to)
      ? "Documents, and what somebody says or holds, stand in no path."
      : `${parley.page.live ? "Our sources show" : "This file shows"} no connection of at most ${parley.mostSteps} steps between ${parley.nameOf(state.path.from)} and ${parley.nameOf(state.path.to)}${state.date ? ` on ${state.date}` : ""}.`;

  /* Draw these chains: their nodes come into the picture, lines that stand for one of their relationships stand out. */
  function draw(chains) {
    const steps = chains.flatMap((chain) => chain.steps);
    const ties = new Set(steps.map((step) => step.relationship.id));
    const ids = [...new Set([state.path.from, state.path.to, ...steps.flatMap((step) => [step.from.id, step.to.id])])].filter((id) => parley.nodes.has(id));
    const nodes = new Set(ids);
    parley.act(`Path from ${parley.nameOf(state.path.from)} to ${parley.nameOf(state.path.to)}`, () => {
      parley.show(ids);
      if (state.only.size) for (const id of ids) state.only.add(id);
      const lines = [...parley.lines.values()].filter((line) => nodes.has(line.from) && nodes.has(line.to) && line.parts.some((part) => ties.has(part)));
      state.path = { ...state.path, nodes: ids, lines: lines.map((line) => line.id) };
      parley.changed("path");
      parley.changed("selection");
    });
    parley.reveal(true);
  }
  const active = parley.active;
  parley.active = () => {
    if (!state.path) return active();
    return new Set([...state.path.nodes, ...(state.selected === null ? [] : [state.selected])]);
  };
  const isLineActive = parley.isLineActive;
  parley.isLineActive = (line) => (state.path ? state.path.lines.includes(line.id) || line.id === state.line : isLineActive(line));

  function named(one) {
    if (!parley.entities.has(one.id)) return said(one.name);
    return button(element("span", { class: "named" }, parley.glyphOf(one.id), said(one.name)), () => parley.select(one.id), { class: "entity" });
  }
  function link(step) {
    const known = parley.relationships.get(step.relationship.id) || {};
    const words = [...(known.facts || []).map((fact) => `${fact.name.toLowerCase()}: ${fact.text}`), known.certainty, parley.heldOf(known)].filter(Boolean);
    const line = element("div", { class: "statement link" }, said(step.words), ...words.map((text) => element("small", {}, said(text))));
    const chips = parley.evidenceOf(step.evidence, line);
    if (chips) line.append(chips);
    return line;
  }
  const when = (id) => ((parley.entities.get(id) || {}).facts || []).filter((fact) => fact.name === "Date").map((fact) => element("small", {}, said(fact.text)));
  function chainOf(chain, at, all) {
    const rows = chain.steps.flatMap((step) => [element("li", {}, link(step)), element("li", {}, named(step.to), ...when(step.to))]);
    const alone = all.length > 1 ? button("Draw only this", () => draw([chain]), { class: "more" }) : null;
    return element("section", { class: "chain" }, element("h3", {}, all.length > 1 ? `Chain ${at + 1}` : "Chain", alone), element("ol", {}, element("li", {}, named(chain.steps[0].from), ...when(chain.steps[0].from)), ...rows));
  }
  function card() {
    const close = button("×", () => parley.leavePath(), { class: "close", "aria-label": "Leave the path" });
    const ends = [state.path.from, state.path.to].map(parley.nameOf);
    const head = element("div", { class: "head" }, element("p", { class: "tag" }, "Path"), close, element("h2", {}, said(ends[0]), " – ", said(ends[1])));
    if (!found) return [head, element("p", { text: "Looking for the shortest chains…" })];
    const open = found.not_in_sources && !found.paths.length ? found.not_in_sources : [];
    const words = found.paths.length ? counted(found) : nothing();
    const rule = "Only over what the sources say is so: never over what is denied or only planned, nor through a country, a place, a document or anybody's words.";
    const all = found.paths.length > 1 ? [button("Draw all", () => draw(found.paths), { class: "more" })] : [];
    return [head, element("p", { class: "caption" }, said(words)), ...open.map((text) => element("p", { class: "small" }, said(text))), element("p", { class: "small", text: rule }), ...all, ...found.paths.map(chainOf)];
  }
  const updateCard = parley.updateCard;
  parley.updateCard = () => {
    updateCard();
    if (!state.path || state.selected !== null || state.line !== null) return;
    const place = parley.byId("card");
    place.hidden = false;
    place.replaceChildren(...card());
    place.scrollTop = 0;
  };
  /* Take up the path that the address names, and leave the one that it no longer names. */
  parley.resumePath = () => {
    picking = found = null;
    if (state.path) parley.openPath(state.path.from, state.path.to, state.selected);
  };
})(window.parley);
