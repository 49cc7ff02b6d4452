/* An answer laid out in several ways: one at a time, by tabs. A graph is drawn in a frame once its tab is opened. */
(function (parley) {
  "use strict";
  const box = document.querySelector("[data-views]");
  if (!box) return;
  const views = [...box.querySelectorAll(":scope > .view")];

  function draw(view) {
    const address = view.dataset.embed;
    if (!address || view.querySelector("iframe")) return;
    const frame = parley.element("iframe", {
      class: "framed",
      title: `Graph: ${view.dataset.title}`,
      sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox",
      referrerpolicy: "no-referrer",
      src: address,
    });
    view.prepend(frame);
  }

  function show(view) {
    for (const one of views) {
      const isOpen = one === view;
      one.hidden = !isOpen;
      const tab = parley.byId(`tab-${one.id}`);
      if (!tab) continue;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
    }
    draw(view);
  }

  function tab(view) {
    const made = parley.button(view.dataset.view, () => show(view), { role: "tab", id: `tab-${view.id}`, "aria-controls": view.id });
    made.addEventListener("keydown", (event) => {
      const here = views.indexOf(view);
      const places = { ArrowRight: here + 1, ArrowLeft: here - 1 + views.length, Home: 0, End: views.length - 1 };
      if (!(event.key in places)) return;
      event.preventDefault();
      const next = views[places[event.key] % views.length];
      show(next);
      parley.byId(`tab-${next.id}`).focus();
    });
    view.setAttribute("role", "tabpanel");
    view.setAttribute("aria-labelledby", made.id);
    return made;
  }

  if (views.length < 2) return;
  box.prepend(parley.element("div", { class: "tabs", role: "tablist", "aria-label": "How the answer is shown" }, ...views.map(tab)));
  show(views[0]);
})(window.parley);
