/* The header's buttons to undo and do again, and the menu of what has no button of its own. */
(function (parley) {
  "use strict";
  const { element, button } = parley;
  const undo = button("↶", () => parley.undo(), { id: "undo", "aria-keyshortcuts": "Control+Z" });
  const redo = button("↷", () => parley.redo(), { id: "redo", "aria-keyshortcuts": "Control+Shift+Z" });
  const back = button("Bring back all", () => parley.bringBack());
  const page = (address, text) => element("a", { href: address, text });
  const menu = element(
    "details",
    { id: "menu" },
    element("summary", { text: "Menu", title: "Bring back, keys, other pages" }),
    element("div", {}, back, button("Keys", () => parley.showHelp(), { title: "All keys (?)" }), ...(parley.page.live ? [page("/queries", "Questions"), page("/search", "Search page")] : [])),
  );
  function label(control, word, name) {
    control.disabled = !name;
    control.title = name ? `${word}: ${name}` : `Nothing to ${word.toLowerCase()}`;
    control.setAttribute("aria-label", control.title);
  }
  parley.updateMenu = () => {
    label(undo, "Undo", parley.nextUndo());
    label(redo, "Do again", parley.nextRedo());
    const count = parley.state.hidden.size;
    back.textContent = count ? `Bring back all (${count} hidden)` : "Bring back all";
    back.disabled = !count && !parley.state.only.size;
  };
  parley.startMenu = () => {
    parley.byId("tools-history").append(undo, redo);
    parley.byId("tools-explore").append(menu);
    menu.addEventListener("click", (event) => {
      if (event.target.closest("div")) menu.open = false;
    });
    parley.asMenu(menu);
    parley.updateMenu();
  };
})(window.parley);
