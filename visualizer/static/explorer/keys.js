/* The keyboard: walks along relationships or by place, does what the buttons do. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const NAMES = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

  /* The nearest of these nodes in a direction: near, and not far off the way. */
  function nearest(from, nodes, [dx, dy], least) {
    const reach = (node) => {
      const along = (node.at.x - from.at.x) * dx + (node.at.y - from.at.y) * dy;
      const aside = Math.abs((node.at.x - from.at.x) * dy) + Math.abs((node.at.y - from.at.y) * dx);
      return along > 4 && along > least * aside ? along + 2 * aside : Infinity;
    };
    return nodes.reduce((best, node) => (reach(node) < (best ? reach(best) : Infinity) ? node : best), null);
  }
  function step(key, byPlace) {
    const nodes = parley.visibleNodes();
    const from = parley.nodes.get(state.selected);
    if (!from || !parley.isVisible(state.selected)) return nodes.length && parley.select(nodes.sort((a, b) => b.weight - a.weight)[0].id);
    const tied = new Set((parley.linesOf.get(from.id) || []).filter(parley.isLineVisible).flatMap((line) => [line.from, line.to]));
    const next = nearest(from, byPlace ? nodes : nodes.filter((node) => tied.has(node.id)), WAYS[key], byPlace ? 0 : 0.3);
    if (next) return parley.select(next.id);
    return parley.announce(byPlace ? `Nothing further ${NAMES[key]}.` : `No relationship leads ${NAMES[key]}. Shift and an arrow walk by place.`);
  }
  function pressedOnPicture(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (WAYS[event.key]) step(event.key, event.shiftKey);
    else if (event.key === "Enter" && !parley.byId("card").hidden) parley.byId("card").focus();
    else if (event.key === "+" || event.key === "=") parley.zoom(1.25);
    else if (event.key === "-") parley.zoom(0.8);
    else return;
    event.preventDefault();
  }
  /* Escape leaves one thing at a time: the choice of entities, of a path's end, the card, the path, the story. */
  function leave() {
    if (parley.isChoosing()) parley.leaveChoice();
    else if (parley.isPicking()) parley.leavePath();
    else if (state.selected !== null || state.line !== null) parley.leave();
    else if (state.path) parley.leavePath();
    else if (state.story) parley.leaveStory();
    parley.home().focus();
  }
  const deeds = new Map(parley.deeds.map(([, key, , deed]) => [key.toLowerCase(), deed]));
  const others = new Map([
    ["/", () => parley.byId("query").focus()],
    ["f", () => parley.fit(true)],
    ["[", () => parley.stepDay(-1)],
    ["]", () => parley.stepDay(1)],
    ["?", () => parley.showHelp()],
    ["escape", leave],
  ]);
  function moves(event) {
    const key = event.key.toLowerCase();
    if (key === "y" || (key === "z" && event.shiftKey)) parley.redo();
    else if (key === "z") parley.undo();
    else return;
    event.preventDefault();
  }
  const isText = (target) => target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=range])"));
  function pressed(event) {
    if (event.defaultPrevented || isText(event.target) || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey) {
      moves(event);
      return;
    }
    const key = event.key.toLowerCase();
    if (others.has(key)) others.get(key)();
    else if (deeds.has(key) && state.selected !== null) deeds.get(key)(state.selected);
    else return;
    event.preventDefault();
  }
  parley.startKeys = () => {
    parley.byId("network").addEventListener("keydown", pressedOnPicture);
    document.addEventListener("keydown", pressed);
  };
})(window.parley);
