/* What a reader does with an entity of the picture: hide, pin, see only what touches it, collapse; each can be undone. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const { element, button, said } = parley;
  const isNode = (id) => parley.nodes.has(id);

  parley.hide = (id) => {
    if (!isNode(id)) return;
    parley.act(`Hide ${parley.nameOf(id)}`, () => {
      state.hidden.add(id);
      state.pinned.delete(id);
      state.only.delete(id);
      if (state.selected === id) parley.leave();
    });
    parley.announce(`${parley.nameOf(id)} is hidden. Control Z brings it back.`);
  };
  parley.pin = (id) => {
    if (!parley.isVisible(id)) return;
    const pinned = state.pinned.has(id);
    parley.act(`${pinned ? "Unpin" : "Pin"} ${parley.nameOf(id)}`, () => {
      if (pinned) state.pinned.delete(id);
      else state.pinned.set(id, parley.nodes.get(id).at);
    });
    parley.announce(`${parley.nameOf(id)} is ${pinned ? "no longer pinned" : "pinned at its place"}.`);
  };
  let start = new Map();
  /* What is dragged stays where it was dropped; `places` are [id, {x, y}]. */
  parley.dragged = (name, places) => {
    if (name === "dragStart") start = new Map(places.map(([id]) => [id, parley.nodes.get(id).at]));
    if (name === "dragging") for (const [id, at] of places) parley.nodes.get(id).at = at;
    if (name !== "dragEnd" || !places.length) return;
    for (const [id, at] of start) parley.nodes.get(id).at = at;
    parley.act(`Move ${places.map(([id]) => parley.nameOf(id)).join(", ")}`, () => {
      for (const [id, at] of places) {
        parley.nodes.get(id).at = at;
        state.pinned.set(id, at);
      }
    });
  };
  /* Only what touches these: the first call begins, further ones add, one for an entity that is in it takes it out. */
  parley.onlyThis = (id) => {
    if (!isNode(id)) return;
    const on = !state.only.has(id);
    parley.act(`Only what touches ${parley.nameOf(id)}`, () => {
      if (on) {
        parley.show([id]);
        state.only.add(id);
      } else state.only.delete(id);
    });
    if (on) parley.announce(`Only what touches ${[...state.only].map(parley.nameOf).join(", ")}: ${parley.visibleNodes().length} entities.`);
    if (!state.selected && on) parley.select(id);
    parley.fit(true);
  };
  parley.everything = () => {
    parley.act("Show everything again", () => state.only.clear());
    parley.fit(true);
  };
  parley.bringBack = () => {
    const count = state.hidden.size;
    parley.act("Bring back all", () => {
      state.hidden.clear();
      state.only.clear();
    });
    parley.announce(count ? `${count} brought back.` : "Nothing was hidden.");
  };

  /* What is tied to the rest of the picture only through this one. */
  parley.hangingOn = (id) => {
    const around = new Map(parley.visibleNodes().map((node) => [node.id, []]));
    for (const line of parley.visibleLines()) {
      around.get(line.from).push(line.to);
      around.get(line.to).push(line.from);
    }
    const seen = new Set([id]);
    const groups = [];
    for (const first of around.get(id) || []) {
      if (seen.has(first)) continue;
      const group = [first];
      seen.add(first);
      for (const one of group) {
        for (const other of around.get(one)) {
          if (seen.has(other)) continue;
          seen.add(other);
          group.push(other);
        }
      }
      groups.push(group);
    }
    const rest = groups.reduce((best, group) => (group.length > best.length ? group : best), []);
    return rest.length < 2 && groups.length > 1 ? groups.flat() : groups.filter((group) => group !== rest).flat();
  };
  parley.collapse = (id) => {
    if (!parley.isVisible(id)) return;
    const gone = parley.hangingOn(id);
    parley.act(`Collapse ${parley.nameOf(id)}`, () => {
      for (const other of gone) {
        if (parley.first.has(other)) state.hidden.add(other);
        else state.present.delete(other);
        state.pinned.delete(other);
      }
    });
    parley.announce(gone.length ? `${gone.length} collapsed into ${parley.nameOf(id)}.` : `Nothing hangs only on ${parley.nameOf(id)}.`);
  };

  const DEEDS = [
    ["Expand", "E", "Bring in what it is tied to", (id) => parley.expand(id)],
    ["Only this", "O", "Show only what touches it", (id) => parley.onlyThis(id)],
    ["Pin", "P", "Keep it at its place", (id) => parley.pin(id)],
    ["Hide", "H", "Take it out of the picture", (id) => parley.hide(id)],
    ["Collapse", "C", "Take out what hangs only on it", (id) => parley.collapse(id)],
    ["Path from here…", "T", "Find how it is connected with another", (id) => parley.pickPath(id)],
  ];
  parley.deeds = DEEDS;
  function nameOf(name, id) {
    if (name === "Expand" && parley.waitingAround(id)) return `Expand (${parley.waitingAround(id)})`;
    if (name === "Pin" && state.pinned.has(id)) return "Unpin";
    if (name === "Only this" && state.only.size) return state.only.has(id) ? "Not only this" : "Add to only";
    return name;
  }
  /* What is no node of the picture, such as a post, can only be the end of a path. */
  const deedsFor = (id) => (isNode(id) ? DEEDS : parley.isApart(id) ? [] : DEEDS.slice(-1));
  const row = (id) => deedsFor(id).map(([name, key, title, deed]) => button(nameOf(name, id), () => deed(id), { title: `${title} (${key})`, "data-deed": name, "aria-keyshortcuts": key }));
  /* The buttons in the head of a card. */
  parley.deedsOf = (id) => (deedsFor(id).length ? element("div", { class: "deeds", "data-of": id }, ...row(id)) : null);
  function updateDeeds() {
    const shown = document.querySelector(".deeds");
    if (!shown) return;
    const kept = shown.contains(document.activeElement) ? document.activeElement.dataset.deed : null;
    shown.replaceChildren(...row(shown.dataset.of));
    if (kept) shown.querySelector(`[data-deed="${kept}"]`).focus();
  }

  /* The bar over the picture that says what narrows it, and leaves it. */
  const scope = element("div", { id: "scope", role: "status", hidden: true });
  function updateScope() {
    const parts = [];
    const path = parley.pathWords();
    const choice = parley.choiceInWords();
    if (choice) parts.push(...choice);
    else if (path) parts.push(element("p", {}, said(path)), button(parley.isPicking() ? "Cancel" : "Leave the path", () => parley.leavePath()));
    else if (state.only.size) {
      const [first, ...more] = [...state.only].map(parley.nameOf);
      parts.push(element("p", {}, said(`Only what touches ${first}${more.length ? ` and ${more.length} more` : ""}`)), button("Show everything", parley.everything));
    }
    scope.hidden = !parts.length;
    scope.replaceChildren(...parts);
  }
  /* A small mark on what is pinned. */
  function drawPins(context) {
    for (const id of state.pinned.keys()) {
      if (!parley.isVisible(id)) continue;
      const node = parley.nodes.get(id);
      context.beginPath();
      context.arc(node.at.x + node.size * 0.8, node.at.y - node.size * 0.8, 4.5, 0, 2 * Math.PI);
      context.fillStyle = parley.colour("ink");
      context.strokeStyle = parley.colour("ground");
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    }
  }
  parley.updateActions = () => {
    updateDeeds();
    updateScope();
  };
  parley.startActions = () => {
    parley.byId("stage").append(scope);
    parley.onPicture("afterDrawing", drawPins);
    parley.updateActions();
  };
})(window.parley);
