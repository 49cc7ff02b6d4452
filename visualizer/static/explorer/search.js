/* Search over all entities, also those that are not in the picture, by name and alias, accents and case aside; beyond the page the service. */
(function (parley) {
  "use strict";
  const MOST = 12;
  /* With fewer hits than this the service is asked too, this long after the last key. */
  const FEW = 4;
  const PAUSE = 220;
  let index = [];
  /* The page may have learnt of more since it was opened. */
  function known() {
    if (index.length === parley.entities.size) return index;
    index = [...parley.entities].map(([id, entity]) => ({
      id,
      names: [entity.name, ...(entity.aliases || [])].map(parley.plain),
      weight: parley.nodes.has(id) ? 1 + parley.nodes.get(id).weight : 0,
    }));
    return index;
  }
  const input = parley.byId("query");
  const list = parley.byId("hits");
  let hits = [];
  let at = -1;
  let asked = 0;

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
    return known()
      .map((entry) => ({ ...entry, score: score(entry, words) }))
      .filter((entry) => entry.score > 0)
      .sort((a, b) => b.score - a.score || b.weight - a.weight || (a.id < b.id ? -1 : 1))
      .slice(0, MOST);
  };
  function hint(id) {
    const entity = parley.entities.get(id);
    const kind = parley.kinds.get(entity.kind);
    const word = kind && kind.drawn === "folded" ? "card" : parley.state.present.has(id) ? "" : "not shown yet";
    return [entity.kind, isThere(entity) ? word : apart()].filter(Boolean).join(" · ");
  }
  const day = () => parley.state.date;
  const isThere = (entity) => !day() || parley.holdsAt(entity, day());
  const apart = () => `not on ${parley.dayInWords(day())}`;
  function option(hit, place) {
    const told = hit.beyond || parley.entities.get(hit.id);
    const item = parley.element(
      "li",
      { role: "option", id: `hit-${place}`, "aria-selected": "false" },
      hit.beyond ? parley.glyph(told.kind, "plain", told.name) : parley.glyphOf(hit.id),
      parley.said(told.name),
      parley.element("small", { text: hit.beyond ? `${told.kind} · ${told.there ? "from the graph" : apart()}` : hint(hit.id) }),
    );
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(place);
    });
    return item;
  }
  function open() {
    hits = parley.find(input.value);
    at = 0;
    show();
    ask(input.value.trim());
  }
  function show() {
    at = hits.length ? Math.max(0, Math.min(at, hits.length - 1)) : -1;
    const nothing = parley.element("li", { class: "nothing", role: "option", "aria-disabled": "true", text: "Nothing has this name." });
    list.replaceChildren(...(hits.length ? hits.map(option) : [nothing]));
    toggle(Boolean(input.value.trim()));
    mark();
    parley.announce(hits.length ? `${hits.length} found` : "Nothing has this name.");
  }
  /* What the graph holds and the page does not, where the service answers; an answer to an older text is dropped. */
  function ask(text) {
    const mine = (asked += 1);
    if (!parley.page.live || text.length < 2 || hits.length >= FEW) return;
    window.setTimeout(async () => {
      if (mine !== asked) return;
      const found = await beyond(text);
      if (mine !== asked || !found.length || list.hidden) return;
      hits = [...hits, ...found];
      show();
    }, PAUSE);
  }
  async function search(text, moment) {
    const parts = new URLSearchParams({ q: text.slice(0, 200), limit: MOST });
    if (moment) parts.set("as_of", moment);
    const answer = await fetch(`${parley.page.live}/search?${parts}`, { headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()).items || []).map(({ node }) => node) : [];
  }
  /* With a chosen day the service is asked for that day too: what it finds only without the day was not there then. */
  async function beyond(text) {
    try {
      const [all, then] = await Promise.all([search(text, parley.page.as_of), day() ? search(text, day()) : null]);
      const there = then && new Set(then.map((node) => node.id));
      return all
        .filter((node) => !parley.entities.has(node.id))
        .map((node) => ({ id: node.id, beyond: { name: parley.readable(node.name), kind: node.labels[node.labels.length - 1], there: !there || there.has(node.id) } }));
    } catch {
      parley.announce("The service did not answer; found in this page only.");
      return [];
    }
  }
  function toggle(on) {
    list.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) input.removeAttribute("aria-activedescendant");
  }
  function mark() {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    if (at >= 0 && !list.hidden) {
      input.setAttribute("aria-activedescendant", `hit-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }
  function choose(place) {
    if (!hits[place]) return;
    toggle(false);
    input.value = "";
    parley.home().focus();
    if (hits[place].beyond) fetchIn(hits[place]);
    else parley.select(hits[place].id);
  }
  /* Brings what the page does not hold into it, with what it is tied to; where that fails its own page opens. */
  async function fetchIn({ id, beyond: told }) {
    parley.announce(`Fetching ${told.name}…`);
    try {
      await parley.askPart(id, "");
      if (parley.entities.has(id)) return parley.select(id);
    } catch (problem) {
      parley.announce(`${told.name} opens on a page of its own: ${problem.message}`);
    }
    return location.assign(`/entities/${encodeURIComponent(id)}${parley.page.as_of ? `?as_of=${encodeURIComponent(parley.page.as_of)}` : ""}`);
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
      parley.home().focus();
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
