/* Sets the page going and keeps its parts in step. */
(function (parley) {
  "use strict";
  const state = parley.state;

  function follow(what) {
    if (what === "theme") parley.applyTheme();
    if (what === "selection") parley.updateCard();
    parley.refresh();
    parley.updateLegend();
    parley.updateTable();
    if (what !== "selection") return;
    parley.reveal(true);
    if (state.selected !== null) {
      const entity = parley.entities.get(state.selected);
      parley.announce(`${entity.name}, ${entity.kind}, ${parley.neighbours(state.selected).filter(parley.isVisible).length} lines`);
    }
  }
  function seatEverybody() {
    state.present = new Set(parley.seatAll());
    if (state.selected !== null) parley.show([state.selected]);
  }
  /* The next visible node in a direction: near, and not far off the way. */
  function step(dx, dy) {
    const nodes = parley.visibleNodes();
    const from = parley.nodes.get(state.selected);
    if (!from || !from.at) return nodes.length && parley.select(nodes.sort((a, b) => b.weight - a.weight)[0].id);
    const reach = (node) => {
      const along = (node.at.x - from.at.x) * dx + (node.at.y - from.at.y) * dy;
      const aside = Math.abs((node.at.x - from.at.x) * dy) + Math.abs((node.at.y - from.at.y) * dx);
      return along > 4 ? along + 2 * aside : Infinity;
    };
    const next = nodes.reduce((best, node) => (reach(node) < reach(best) ? node : best), from);
    return next !== from && parley.select(next.id);
  }
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function pressedOnPicture(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ways[event.key]) step(...ways[event.key]);
    else if (event.key === "Enter" && !parley.byId("card").hidden) parley.byId("card").focus();
    else if (event.key === "+" || event.key === "=") parley.zoom(1.25);
    else if (event.key === "-") parley.zoom(0.8);
    else return;
    event.preventDefault();
  }
  function pressed(event) {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") parley.byId("query").focus();
    else if (event.key === "f" || event.key === "F") parley.fit(true);
    else if (event.key === "Escape") {
      parley.leave();
      parley.byId("network").focus();
    } else return;
    event.preventDefault();
  }
  let wasNarrow = null;
  function resized() {
    if (wasNarrow !== parley.isNarrow()) {
      wasNarrow = parley.isNarrow();
      seatEverybody();
      parley.restart();
      parley.updateLegend();
    }
    parley.fit(false, true);
    parley.reveal(false);
  }
  function listen() {
    parley.byId("network").addEventListener("keydown", pressedOnPicture);
    document.addEventListener("keydown", pressed);
    parley.byId("fit").addEventListener("click", () => parley.fit(true));
    parley.byId("closer").addEventListener("click", () => parley.zoom(1.25));
    parley.byId("farther").addEventListener("click", () => parley.zoom(0.8));
    window.addEventListener("hashchange", () => {
      parley.readFragment();
      parley.applyTheme();
      follow("selection");
    });
    new ResizeObserver(resized).observe(parley.byId("stage"));
  }
  function start() {
    wasNarrow = parley.isNarrow();
    seatEverybody();
    parley.readFragment();
    parley.applyTheme();
    parley.startPicture();
    parley.startLegend();
    parley.startSearch();
    parley.startTable();
    parley.startTheme();
    parley.startExport();
    parley.refresh();
    parley.updateLegend();
    parley.byId("empty").hidden = parley.nodes.size > 0;
    parley.fit(false);
    parley.updateCard();
    parley.reveal(false);
    parley.onChange(follow);
    listen();
    document.body.dataset.ready = "yes";
  }
  start();
})(window.parley);
