/* What is selected, filtered, shown, hidden, pinned: the one state of the page. Everything else follows from it, and the fragment keeps it. */
(function (parley) {
  "use strict";
  const listeners = [];
  const state = {
    selected: null,
    line: null,
    off: new Set(),
    theme: "",
    present: new Set(),
    hidden: new Set(),
    pinned: new Map(),
    date: "",
    only: new Set(),
    path: null,
    story: null,
  };
  parley.state = state;
  /* Ids of the picture that the page shows at first in this shape of window. */
  parley.first = new Set();

  parley.onChange = (listener) => listeners.push(listener);
  let held = null;
  parley.changed = (what) => {
    if (held !== null) held.add(what);
    else tell([what]);
  };
  /* Holds back what changes while `change` runs; tells each part once at its end. */
  parley.together = (change) => {
    if (held !== null) return change();
    held = new Set();
    try {
      change();
    } finally {
      const told = held;
      held = null;
      tell(told);
    }
    return undefined;
  };
  function tell(parts) {
    parley.writeFragment();
    for (const what of parts) for (const listener of listeners) listener(what);
  }

  const group = (name, id) => `${name}:${id}`;
  parley.isOff = (name, id) => state.off.has(group(name, id));
  parley.toggle = (name, id, on) =>
    parley.act(on ? "Show what was filtered" : "Filter", () => {
      if (on) state.off.delete(group(name, id));
      else state.off.add(group(name, id));
      parley.changed("filter");
    });
  /* The side under which the legend counts a node; events and issues have none. */
  parley.sideOf = (node) => (parley.kinds.get(node.kind) || {}).colour === "side" ? node.colour : "";
  parley.passes = (node, except) =>
    (except === "kind" || !parley.isOff("kind", node.kind)) && (except === "side" || !parley.sideOf(node) || !parley.isOff("side", parley.sideOf(node)));
  const holds = (thing) => !state.date || !parley.holdsAt || parley.holdsAt(thing, state.date);
  const touches = (id) => state.only.has(id) || parley.neighbours(id).some((other) => state.only.has(other));
  /* Whether a node is in the picture, filters aside: present, not hidden, there at the date, one of those that alone are wanted. */
  parley.isInPicture = (id) => state.present.has(id) && !state.hidden.has(id) && holds(parley.nodes.get(id)) && (!state.only.size || touches(id));
  parley.isVisible = (id) => parley.isInPicture(id) && parley.passes(parley.nodes.get(id));
  const isSure = (line) => !parley.certaintyOf || !parley.isOff("certainty", parley.certaintyOf(line));
  parley.isLineVisible = (line) => parley.isVisible(line.from) && parley.isVisible(line.to) && !parley.isOff("lines", line.family) && isSure(line) && holds(line);

  parley.select = (id) => {
    if (!parley.entities.has(id)) return;
    parley.act(`Show ${parley.nameOf(id)}`, () => {
      if (parley.nodes.has(id)) uncover(parley.nodes.get(id));
      state.selected = id;
      state.line = null;
      parley.changed("selection");
    });
  };
  /* Take away whatever keeps a node out of the picture. */
  function uncover(node) {
    state.off.delete(group("kind", node.kind));
    state.off.delete(group("side", parley.sideOf(node)));
    if (!holds(node)) state.date = parley.firstDay(node);
    parley.show([node.id]);
    if (state.only.size && !touches(node.id)) state.only.add(node.id);
  }
  parley.selectLine = (id) => {
    state.selected = null;
    state.line = id;
    parley.changed("selection");
  };
  parley.leave = () => {
    state.selected = state.line = null;
    parley.changed("selection");
  };
  /* Bring nodes into the picture; those that are there stay where they are, those that were hidden come back. */
  parley.show = (ids) => {
    const fresh = ids.filter((id) => parley.nodes.has(id) && !state.present.has(id));
    for (const id of ids) state.hidden.delete(id);
    for (const id of fresh) {
      parley.seat(parley.nodes.get(id));
      state.present.add(id);
    }
    return fresh;
  };
  /* The picture as the page shows it at first. */
  parley.showFirst = () => {
    parley.first = new Set(parley.seatAll());
    state.present = new Set(parley.first);
  };
})(window.parley);
