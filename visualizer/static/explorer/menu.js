/* The header's buttons to undo and do again, and the menu of what has no button of its own. */
(function (parley) {
  "use strict";
  const { element, button } = parley;
  const undo = button("↶", () => parley.undo(), { id: "undo", "aria-keyshortcuts": "Control+Z" });
  const redo = button("↷", () => parley.redo(), { id: "redo", "aria-keyshortcuts": "Control+Shift+Z" });
  const back = button("Bring back all", () => parley.bringBack());
  const DRAWN = [["groups", "Overview of groups", "A glyph for each kind and side, to be opened"], ["first", "The first", "Those with the most ties, the others on demand"], ["whole", "Everything at once", "All that the service sends, which may take some seconds"]];
  const PAGES = [["/", "Explorer"], ["/queries", "Questions"], ["/search", "Search page"], ["/cypher", "Cypher console"], ["/docs", "API"]];
  const link = ([address, text]) => element("a", { href: address, text });
  /* Addresses of pages that the service draws in one of three ways. */
  const isDrawn = () => parley.page.live && /^\/$|^\/entities\/|^\/api\/v1\/graph\.html$/.test(location.pathname);
  /* The same page drawn in another way: what was pinned had its place in this one. */
  function addressOf(way) {
    const asked = new URLSearchParams(location.search);
    asked.set("draw", way);
    const kept = new URLSearchParams(parley.fragment());
    kept.delete("pin");
    return `${location.pathname}?${asked}${kept.size ? `#${kept}` : ""}`;
  }
  const drawn = DRAWN.map(([way, text, title]) => element("a", { text, title, "data-draw": way, "aria-current": way === parley.page.draw ? "true" : null }));
  const part = (title, ...content) => element("section", { "aria-label": title }, element("h2", { text: title }), ...content);
  /* The head of the page in full, which a narrow window may cut. */
  parley.tellAbout = () => parley.tell([document.title, ...["shown", "rests"].map((id) => parley.byId(id).textContent).filter(Boolean)], []);
  const menu = element(
    "details",
    { id: "menu" },
    element("summary", { text: "Menu", title: "Bring back, keys, other pages" }),
    element(
      "div",
      {},
      back,
      button("Only what touches…", () => parley.chooseOnly(), { title: "Choose entities of which alone the surroundings are wanted" }),
      button("Keys", () => parley.showHelp(), { title: "All keys (?)" }),
      button("About this picture", () => parley.tellAbout(), { title: "What is shown, from which data sets, as of when" }),
      isDrawn() ? part("Draw", ...drawn) : null,
      parley.page.live ? part("Pages", ...PAGES.map(link)) : null,
    ),
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
    menu.addEventListener("toggle", () => {
      for (const one of drawn) one.setAttribute("href", addressOf(one.dataset.draw));
    });
    menu.addEventListener("click", (event) => {
      if (event.target.closest("a, button")) menu.open = false;
    });
    parley.asMenu(menu);
    parley.byId("titles").addEventListener("click", () => {
      const cut = [...parley.byId("titles").children].some((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 2);
      if (cut) parley.tellAbout();
    });
    parley.updateMenu();
  };
})(window.parley);
