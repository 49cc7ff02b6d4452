/* Groups of an overview: large glyphs for nodes that are not in the picture; what is in the picture alone says what is open. */
(function (parley) {
  "use strict";
  const state = parley.state;
  /* So many members come in at once, the heaviest first; the group stays with the others. */
  const MOST = 60;
  const groups = new Map((parley.page.groups || []).map((group) => [group.id, { ...group, weight: Infinity, count: group.members.length, at: null }]));
  const groupOf = new Map();
  for (const group of groups.values()) for (const id of group.members) groupOf.set(id, group);
  let focused = null;
  let seen = "";

  parley.hasGroups = groups.size > 0;
  parley.groupAt = (id) => groups.get(id);
  parley.groupOf = (id) => groupOf.get(id);
  parley.focusedGroup = () => focused;
  parley.seatGroups = (narrow) => {
    for (const group of groups.values()) group.at = narrow ? { x: group.narrow[0], y: group.narrow[1] } : { x: group.x, y: group.y };
  };
  const waits = (id) => {
    const node = parley.nodes.get(id);
    return !state.present.has(id) && !state.hidden.has(id) && (!state.date || !parley.holdsAt || parley.holdsAt(node, state.date));
  };
  const waiting = (group) => group.members.filter(waits);
  const opened = (group) => group.members.filter((id) => state.present.has(id) && !parley.first.has(id));
  const passes = (group) => !state.only.size && parley.passes(group);
  parley.visibleGroups = () => [...groups.values()].filter((group) => group.count > 0 && passes(group));
  parley.isGroupVisible = (id) => groups.get(id).count > 0 && passes(groups.get(id));
  /* Nodes that groups stand for, the filter named `but` aside. */
  parley.gathered = (but) => {
    const standing = state.only.size ? [] : [...groups.values()].filter((group) => group.count > 0 && parley.passes(group, but));
    return standing.flatMap((group) => waiting(group).map((id) => parley.nodes.get(id)));
  };
  /* Whether a group of the picture stands for a node. */
  parley.isGathered = (id) => groupOf.has(id) && parley.isGroupVisible(groupOf.get(id).id) && waits(id);

  /* Lines that end at a group, counted for each pair of ends. */
  function ties() {
    const found = new Map();
    const shown = new Set(parley.visibleGroups().map((group) => group.id));
    const end = (id) => {
      if (parley.isVisible(id)) return id;
      const group = groupOf.get(id);
      return group && shown.has(group.id) && waits(id) ? group.id : null;
    };
    for (const line of parley.lines.values()) {
      if (parley.isOff("lines", line.family)) continue;
      const ends = [end(line.from), end(line.to)].sort();
      if (ends.includes(null) || ends[0] === ends[1] || !ends.some((id) => groups.has(id))) continue;
      const key = `tie:${ends[0]}|${ends[1]}`;
      if (!found.has(key)) found.set(key, { id: key, from: ends[0], to: ends[1], count: 0 });
      found.get(key).count += 1;
    }
    return [...found.values()];
  }
  let known = [];
  parley.tieAt = (id) => known.find((tie) => tie.id === id);
  /* Groups and their lines as they are now, counted anew: once for every change of the picture. */
  parley.countGroups = () => {
    if (!groups.size) return [];
    for (const group of groups.values()) group.count = waiting(group).length;
    if (focused !== null && !parley.isGroupVisible(focused)) focused = null;
    known = ties();
    list();
    return known;
  };

  parley.openGroup = (id) => {
    const group = groups.get(id);
    const members = waiting(group).map((one) => parley.nodes.get(one)).sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, MOST);
    if (!members.length) return;
    parley.act(`Open ${group.name}`, () => {
      parley.seatAround(group.at, members, members.length === group.count ? group.id : null);
      parley.show(members.map((node) => node.id));
    });
    parley.fit(true);
    const left = group.count;
    parley.announce(`${group.name}: ${members.length} came into the picture${left ? `, ${left} stay in the group` : ""}.`);
  };
  parley.closeGroup = (id) => {
    const group = groups.get(id);
    const members = opened(group);
    parley.act(`Close ${group.name}`, () => {
      if (members.includes(state.selected)) parley.leave();
      for (const one of members) {
        state.present.delete(one);
        state.pinned.delete(one);
        parley.nodes.get(one).at = null;
      }
    });
    parley.fit(true);
    parley.announce(`${group.name} closed.`);
  };
  parley.focusGroup = (id) => {
    focused = id;
    if (id === null) return;
    const group = groups.get(id);
    if (state.selected !== null || state.line !== null) parley.leave();
    else parley.refresh();
    parley.announce(`${group.name}, a group of ${group.count}. Enter opens it.`);
  };
  parley.tellTie = (tie) => parley.announce(`${tie.count} lines between ${nameOf(tie.from)} and ${nameOf(tie.to)}.`);
  const nameOf = (id) => (groups.has(id) ? groups.get(id).name : parley.nameOf(id));

  /* The same as buttons: for those who do not see the picture, and to close what is open. */
  function list() {
    const rows = [...groups.values()].map((group) => ({ group, out: opened(group).length }));
    const told = rows.map(({ group, out }) => `${group.count}/${out}`).join();
    if (told === seen) return;
    seen = told;
    const row = ({ group, out }) =>
      parley.element(
        "li",
        {},
        parley.button(parley.said(group.name), () => parley.openGroup(group.id), { disabled: group.count === 0, title: group.count ? "Open" : "All are in the picture" }),
        parley.element("b", { text: group.count }),
        out ? parley.button("Close", () => parley.closeGroup(group.id), { class: "close-group", "aria-label": `Close ${group.name}` }) : null,
      );
    const open = parley.byId("groups") ? parley.byId("groups").open : false;
    const panel = parley.element("details", { id: "groups", "aria-label": "Groups", open }, parley.element("summary", {}, "Groups", parley.element("b", { text: groups.size })), parley.element("ul", {}, ...rows.map(row)));
    if (parley.byId("groups")) parley.byId("groups").replaceWith(panel);
    else parley.byId("stage").append(panel);
  }

  /* Arrow keys walk over groups and nodes alike; from a chosen node they follow its lines, as everywhere, unless Shift is held. */
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function step(dx, dy) {
    const places = [...parley.visibleGroups(), ...parley.visibleNodes()];
    const from = focused !== null ? groups.get(focused) : parley.nodes.get(state.selected);
    const reach = (one) => {
      const along = (one.at.x - from.at.x) * dx + (one.at.y - from.at.y) * dy;
      const aside = Math.abs((one.at.x - from.at.x) * dy) + Math.abs((one.at.y - from.at.y) * dx);
      return along > 4 ? along + 2 * aside : Infinity;
    };
    const next = from && from.at ? places.reduce((best, one) => (reach(one) < reach(best) ? one : best), from) : places.sort((a, b) => (b.count || 0) - (a.count || 0))[0];
    if (!next || next === from) return;
    if (groups.has(next.id)) parley.focusGroup(next.id);
    else {
      focused = null;
      parley.select(next.id);
    }
  }
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !parley.visibleGroups().length) return;
    if (ways[event.key] && !event.shiftKey && focused === null && parley.nodes.has(state.selected) && parley.isVisible(state.selected)) return;
    if (ways[event.key]) step(...ways[event.key]);
    else if (event.key === "Enter" && focused !== null) parley.openGroup(focused);
    else if (event.key === "Escape" && focused !== null) {
      focused = null;
      parley.refresh();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  parley.startGroups = () => {
    if (!groups.size) return;
    parley.byId("network").addEventListener("keydown", pressed, true);
    parley.onPicture("doubleClick", (event) => {
      const id = event.nodes[0] ?? parley.labelAt(event.pointer.canvas);
      if (groups.has(id)) parley.openGroup(id);
    });
    parley.onChange((what) => {
      if (what === "selection" && (state.selected !== null || state.line !== null)) focused = null;
    });
  };
})(window.parley);
