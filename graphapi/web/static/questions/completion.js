/* Fields for entities: what is typed is searched for, what is chosen is shown by name and sent by id. ARIA combobox, list autocomplete. */
(function (parley) {
  "use strict";
  const PAUSE = 120;
  const MOST = 12;
  const EVERY = "Entity";
  const LIVE = document.querySelector("form[data-search]").dataset.search;

  function complete(input) {
    const wanted = input.dataset.completes;
    const closed = (input.dataset.closed || "").split(" ").filter(Boolean);
    const first = [...input.list.options].map((option) => ({ id: option.value, name: option.text, kind: option.dataset.kind }));
    const sent = parley.element("input", { type: "hidden", name: input.name, value: input.value });
    const list = parley.element("ul", { id: `offered-${input.id}`, class: "offered", role: "listbox", "aria-label": wanted, hidden: true });
    const chosen = parley.element("small", { class: "chosen", id: `chosen-${input.id}` });
    let offered = [];
    let active = -1;
    let asked = 0;
    let timer = null;

    input.removeAttribute("name");
    input.removeAttribute("list");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
      input.setAttribute(name, value);
    input.setAttribute("aria-describedby", `${chosen.id} ${input.getAttribute("aria-describedby")}`);
    input.after(sent, list);
    input.parentNode.after(chosen);

    const show = (one) => {
      sent.value = one.id;
      input.value = one.name;
      chosen.replaceChildren(parley.said(one.id), one.kind ? ` · ${one.kind}` : "");
    };

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(place) {
      active = offered.length ? (place + offered.length) % offered.length : -1;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }

    function choose(one) {
      show(one);
      close();
      parley.announce(`${one.name}, ${one.kind || "entity"}, chosen`);
    }

    function offer(found) {
      offered = found.slice(0, MOST);
      list.replaceChildren(
        ...offered.map((one, place) => {
          const item = parley.element("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" }, parley.said(one.name));
          item.append(parley.element("small", {}, one.kind ? `${one.kind} · ` : "", parley.said(one.id)));
          item.addEventListener("mousedown", (event) => {
            event.preventDefault();
            choose(one);
          });
          return item;
        }),
      );
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !offered.length;
      input.setAttribute("aria-expanded", String(Boolean(offered.length)));
      parley.announce(offered.length ? `${offered.length} offered` : "Nothing found");
    }

    const listed = (text) => first.filter((one) => parley.plain(`${one.name} ${one.id}`).includes(parley.plain(text)));

    async function search() {
      const text = input.value.trim();
      const number = ++asked;
      if (!text) return offer(first);
      let found = listed(text);
      try {
        const among = wanted === EVERY ? {} : { label: wanted };
        const answer = await fetch(`${LIVE}?${new URLSearchParams({ q: text, limit: 20, ...among })}`, { headers: { Accept: "application/json" } });
        const items = answer.ok ? (await answer.json()).items : [];
        const nodes = items.filter(({ node }) => node.labels.includes(EVERY) && !node.labels.some((label) => closed.includes(label))).map((item) => item.node);
        found = nodes.length ? nodes.map((node) => ({ id: node.id, name: node.name, kind: node.labels[node.labels.length - 1] })) : found;
      } catch {
        parley.announce("The search does not answer; offered is what the page knows.");
      }
      if (number === asked && document.activeElement === input) offer(found);
    }

    function typed() {
      sent.value = input.value.trim();
      chosen.textContent = "";
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    }

    const keys = {
      ArrowDown: () => (list.hidden ? search() : mark(active + 1)),
      ArrowUp: () => (list.hidden ? search() : mark(active < 0 ? -1 : active - 1)),
      Home: () => !list.hidden && active >= 0 && mark(0),
      End: () => !list.hidden && active >= 0 && mark(-1),
      Escape: () => !list.hidden && (close(), true),
      Enter: () => !list.hidden && active >= 0 && (choose(offered[active]), true),
    };

    input.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      if (act && act() !== false) event.preventDefault();
    });
    input.addEventListener("input", typed);
    input.addEventListener("click", () => list.hidden && !input.value && search());
    input.addEventListener("blur", () => {
      close();
      clearTimeout(timer);
      const text = parley.plain(input.value.trim());
      const meant = [...offered, ...first].filter((one) => parley.plain(one.name) === text || one.id === input.value.trim());
      if (text && new Set(meant.map((one) => one.id)).size === 1) show(meant[0]);
    });

    const known = input.dataset.name ? { id: input.value, name: input.dataset.name, kind: input.dataset.kind } : first.find((one) => one.id === input.value);
    if (known) show(known);
  }

  document.querySelectorAll("input[data-completes]").forEach(complete);
})(window.parley);
