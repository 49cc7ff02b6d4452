/* Chooses of whom alone the surroundings are wanted: by click, tap or search, without a key; the picture stays whole meanwhile. */
(function (parley) {
  "use strict";
  const state = parley.state;
  let picked = null;

  parley.isChoosing = () => picked !== null;
  parley.chooseOnly = () => {
    parley.leavePath();
    picked = new Set(state.only);
    if (!picked.size && parley.nodes.has(state.selected)) picked.add(state.selected);
    parley.act("Choose who alone is wanted", () => {
      state.only.clear();
      parley.leave();
    });
    follow("Choose entities, in the picture or by search; then “Show only these”.");
  };
  function follow(said) {
    parley.refresh();
    parley.updateActions();
    parley.announce(said);
  }
  parley.leaveChoice = () => {
    picked = null;
    follow("Nothing was chosen.");
  };
  function turn(id) {
    if (!picked.delete(id)) picked.add(id);
    follow(`${parley.nameOf(id)} ${picked.has(id) ? "is chosen" : "is no longer chosen"}, ${picked.size} in all.`);
  }
  function finish() {
    const ids = [...picked].filter((id) => parley.nodes.has(id));
    picked = null;
    parley.act(`Only what touches ${ids.map(parley.nameOf).join(", ")}`, () => {
      parley.show(ids);
      state.only = new Set(ids);
    });
    parley.fit(true);
    follow(`Only what touches ${ids.map(parley.nameOf).join(", ")}: ${parley.visibleNodes().length} entities.`);
    parley.home().focus();
  }
  /* What the bar over the picture says meanwhile, and its buttons. */
  parley.choiceInWords = () => {
    if (picked === null) return null;
    const names = [...picked].map(parley.nameOf);
    const some = names.length > 2 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
    const done = parley.button("Show only these", finish, { disabled: !names.length });
    return [parley.element("p", {}, parley.said(names.length ? `Only what touches ${some}` : "Choose who alone is wanted, in the picture or by search")), done, parley.button("Cancel", parley.leaveChoice)];
  };
  const select = parley.select;
  parley.select = (id) => {
    if (picked === null || !parley.nodes.has(id)) return select(id);
    if (!parley.isVisible(id)) {
      parley.act(`Choose ${parley.nameOf(id)}`, () => {
        select(id);
        parley.leave();
      });
    }
    return turn(id);
  };
  const active = parley.active;
  parley.active = () => (picked !== null && picked.size ? new Set([...picked].flatMap((id) => [id, ...parley.neighbours(id)])) : active());
  const isLineActive = parley.isLineActive;
  parley.isLineActive = (line) => (picked !== null && picked.size ? picked.has(line.from) || picked.has(line.to) : isLineActive(line));
})(window.parley);
