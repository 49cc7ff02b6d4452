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
    parley.updateActions();
    parley.updateMenu();
    if (what !== "selection") return;
    parley.reveal(true);
    if (state.selected !== null) {
      const entity = parley.entities.get(state.selected);
      parley.announce(`${entity.name}, ${entity.kind}, ${parley.neighbours(state.selected).filter(parley.isVisible).length} lines`);
    }
  }
  /* What a link names and the page does not hold may be with the service; what is nowhere is said. */
  async function restoreLost(lost) {
    if (!lost.length || !(await parley.fetchLost(lost))) return parley.tellLost(lost);
    const still = parley.readFragment();
    parley.together(() => ["present", "selection", "path"].forEach(parley.changed));
    parley.resumePath();
    return parley.tellLost(still);
  }
  let wasNarrow = null;
  let size = "";
  const sizeNow = () => `${parley.byId("stage").clientWidth} ${parley.byId("stage").clientHeight}`;
  /* The observer tells once of what is there from the start. */
  function resized() {
    if (size === sizeNow()) return;
    size = sizeNow();
    if (wasNarrow !== parley.isNarrow()) {
      wasNarrow = parley.isNarrow();
      parley.readFragment();
      parley.forgetHistory();
      parley.restart();
      parley.updateMenu();
      parley.resumePath();
      parley.updateLegend();
    }
    parley.fit(false, true);
    parley.reveal(false);
  }
  function listen() {
    parley.startKeys();
    parley.byId("fit").addEventListener("click", () => parley.fit(true));
    parley.byId("closer").addEventListener("click", () => parley.zoom(1.25));
    parley.byId("farther").addEventListener("click", () => parley.zoom(0.8));
    window.addEventListener("hashchange", () => {
      let lost = [];
      parley.act("Follow a link", () => {
        lost = parley.readFragment();
        for (const what of ["theme", "selection", "path", "story"]) parley.changed(what);
      });
      parley.resumePath();
      restoreLost(lost);
    });
    new ResizeObserver(resized).observe(parley.byId("stage"));
  }
  function start() {
    wasNarrow = parley.isNarrow();
    const lost = parley.readFragment();
    parley.applyTheme();
    parley.startPicture();
    parley.startGroups();
    parley.startLegend();
    parley.startTime();
    parley.startSearch();
    parley.startTable();
    parley.startMinimap();
    parley.startTheme();
    parley.startActions();
    parley.startExpand();
    parley.startMenu();
    parley.startExport();
    parley.startShare();
    parley.startStories();
    parley.refresh();
    parley.updateLegend();
    parley.byId("empty").hidden = parley.nodes.size > 0;
    parley.fit(false);
    parley.updateCard();
    parley.reveal(false);
    parley.onChange(follow);
    size = sizeNow();
    listen();
    parley.resumePath();
    restoreLost(lost);
    parley.drawPicture();
    parley.clickAgain();
    document.body.dataset.drawn = document.body.dataset.ready = "yes";
  }
  start();
})(window.parley);
