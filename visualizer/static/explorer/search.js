/* Search over all entities, also those that are not in the picture, by name and alias, accents and case aside. */
(function (parley) {
  "use strict";
  const MOST = 12;
  const index = [...parley.entities].map(([id, entity]) => ({
    id,
    names: [entity.name, ...(entity.aliases || [])].map(parley.plain),
    weight: parley.nodes.has(id) ? 1 + parley.nodes.get(id).weight : 0,
  }));
  const input = parley.byId("query");
  const list = parley.byId("hits");
  let hits = [];
  let at = -1;

  function score(entry, words) {
    const whole = words.join(" ");
    let best = 0;
    entry.names.forEach((name, place) => {
      const own = place === 0 ? 1 : 0;
      if (name === whole) best = Math.max(best, 8 + own);
      else if (name.startsWith(whole)) best = Math.max(best, 6 + own);
      else if (words.every((word) => name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)))) best = Math.max(best, 4 + own);
      else if (words.every((word) => name.includes(word))) best = Math.max(best, 2 + own);
    });
    return best;
  }
  parley.find = (text) => {
    const words = parley.plain(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return index
      .map((entry) => ({ ...entry, score: score(entry, words) }))
      .filter((entry) => entry.score > 0)
      .sort((a, b) => b.score - a.score || b.weight - a.weight || (a.id < b.id ? -1 : 1))
      .slice(0, MOST);
  };
  function hint(id) {
    const entity = parley.entities.get(id);
    const kind = parley.kinds.get(entity.kind);
    const word = kind && kind.drawn === "folded" ? "card" : parley.state.present.has(id) ? "" : "not shown yet";
    return [entity.kind, word].filter(Boolean).join(" · ");
  }
  function option(hit, place) {
    const entity = parley.entities.get(hit.id);
    const item = parley.element(
      "li",
      { role: "option", id: `hit-${place}`, "aria-selected": "false" },
      parley.glyph(entity.kind, parley.colourOf(hit.id), entity.name),
      parley.said(entity.name),
      parley.element("small", { text: hint(hit.id) }),
    );
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(place);
    });
    return item;
  }
  function open() {
    hits = parley.find(input.value);
    at = hits.length ? 0 : -1;
    const nothing = parley.element("li", { class: "nothing", text: "Nothing has this name." });
    list.replaceChildren(...(hits.length ? hits.map(option) : [nothing]));
    toggle(Boolean(input.value.trim()));
    mark();
    parley.announce(hits.length ? `${hits.length} found` : "Nothing has this name.");
  }
  function toggle(on) {
    list.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) input.removeAttribute("aria-activedescendant");
  }
  function mark() {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at >= 0 && !list.hidden) {
      input.setAttribute("aria-activedescendant", `hit-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }
  function choose(place) {
    if (!hits[place]) return;
    toggle(false);
    input.value = "";
    parley.byId("network").focus();
    parley.select(hits[place].id);
  }
  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      at = (at + step + hits.length) % hits.length;
      mark();
    } else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") {
      input.value = "";
      toggle(false);
      parley.byId("network").focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  parley.startSearch = () => {
    input.addEventListener("input", open);
    input.addEventListener("keydown", pressed);
    input.addEventListener("blur", () => toggle(false));
    input.addEventListener("focus", () => input.value && open());
  };
})(window.parley);
