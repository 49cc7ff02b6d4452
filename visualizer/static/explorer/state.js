/* What is selected, filtered and in the picture. Selection, filters and theme live in the fragment; everything else follows from them. */
(function (parley) {
  "use strict";
  const listeners = [];
  const state = { selected: null, line: null, off: new Set(), theme: "", present: new Set() };
  parley.state = state;

  parley.onChange = (listener) => listeners.push(listener);
  parley.changed = (what) => {
    write();
    for (const listener of listeners) listener(what);
  };

  const group = (name, id) => `${name}:${id}`;
  parley.isOff = (name, id) => state.off.has(group(name, id));
  parley.toggle = (name, id, on) => {
    if (on) state.off.delete(group(name, id));
    else state.off.add(group(name, id));
    parley.changed("filter");
  };
  /* The side under which the legend counts a node; events and issues have none. */
  parley.sideOf = (node) => (parley.kinds.get(node.kind) || {}).colour === "side" ? node.colour : "";
  parley.passes = (node, except) =>
    (except === "kind" || !parley.isOff("kind", node.kind)) && (except === "side" || !parley.sideOf(node) || !parley.isOff("side", parley.sideOf(node)));
  parley.isVisible = (id) => state.present.has(id) && parley.passes(parley.nodes.get(id));
  parley.isLineVisible = (line) => parley.isVisible(line.from) && parley.isVisible(line.to) && !parley.isOff("lines", line.family);

  parley.select = (id) => {
    if (!parley.entities.has(id)) return;
    const node = parley.nodes.get(id);
    if (node) {
      state.off.delete(group("kind", node.kind));
      state.off.delete(group("side", parley.sideOf(node)));
      parley.show([id]);
    }
    state.selected = id;
    state.line = null;
    parley.changed("selection");
  };
  parley.selectLine = (id) => {
    state.selected = null;
    state.line = id;
    parley.changed("selection");
  };
  parley.leave = () => {
    state.selected = state.line = null;
    parley.changed("selection");
  };
  /* Bring nodes into the picture; those that are there stay where they are. */
  parley.show = (ids) => {
    const fresh = ids.filter((id) => parley.nodes.has(id) && !state.present.has(id));
    for (const id of fresh) {
      parley.seat(parley.nodes.get(id));
      state.present.add(id);
    }
    return fresh;
  };

  function write() {
    const parts = new URLSearchParams();
    if (state.selected !== null) parts.set("node", state.selected);
    if (state.line !== null) parts.set("line", state.line);
    if (state.off.size) parts.set("off", [...state.off].sort().join(","));
    if (state.theme) parts.set("theme", state.theme);
    const fragment = parts.toString();
    if (fragment !== location.hash.slice(1)) history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  }
  /* Take over what the fragment says; what it names and we do not know is passed over. */
  parley.readFragment = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const known = /^(kind|side|lines):/;
    state.off = new Set((parts.get("off") || "").split(",").filter((one) => known.test(one)));
    state.theme = ["dark", "light"].includes(parts.get("theme")) ? parts.get("theme") : "";
    state.line = parley.lines.has(parts.get("line")) ? parts.get("line") : null;
    state.selected = parley.entities.has(parts.get("node")) ? parts.get("node") : null;
    if (state.line !== null) parley.show([parley.lines.get(state.line).from, parley.lines.get(state.line).to]);
    if (state.selected !== null) parley.show([state.selected]);
  };
})(window.parley);
