/* The state in the address, behind the #: never sent to a server, so that a link or a bookmark shows the same again. */
(function (parley) {
  "use strict";
  const state = parley.state;
  /* Places belong to a shape of window: pins of the other shape wait, as they stand in the address, until the window has it. */
  let elsewhere = [];
  const listed = (ids) => [...ids].sort().join(",");
  const version = () => parley.page.datasets.map((one) => `${one.id}@${one.version}`).join(",");

  function written() {
    const parts = new URLSearchParams();
    const put = (name, text) => text && parts.set(name, text);
    if (state.selected !== null) parts.set("node", state.selected);
    if (state.line !== null) parts.set("line", state.line);
    put("off", listed(state.off));
    put("theme", state.theme);
    const plain = parts.size;
    put("show", listed([...state.present].filter((id) => !parley.first.has(id))));
    put("hide", listed(state.hidden));
    put("pin", listed([...[...state.pinned].map(([id, at]) => `${id}:${Math.round(at.x)}:${Math.round(at.y)}${parley.isNarrow() ? ":n" : ""}`), ...elsewhere]));
    put("at", state.date);
    put("only", listed(state.only));
    put("path", state.path ? `${state.path.from}..${state.path.to}` : "");
    put("story", state.story ? `${state.story.id}.${state.story.step}` : "");
    if (parts.size > plain) put("v", version());
    return parts.toString();
  }
  parley.fragment = written;
  /* A frame that has no origin, and one whose text stands in the page around it, may not write its address: then it is kept here. */
  let kept = null;
  const given = () => kept ?? location.hash.slice(1);
  window.addEventListener("hashchange", () => {
    kept = null;
  });
  parley.writeFragment = () => {
    const fragment = written();
    if (fragment === given()) return;
    try {
      history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
      kept = null;
    } catch {
      kept = fragment;
    }
  };

  const places = { kind: (id) => parley.kinds.has(id), side: (id) => parley.sides.has(id), lines: (id) => parley.page.families.some((one) => one.id === id), certainty: (id) => /^[a-z-]+$/.test(id) };
  function knowsFilter(text) {
    const [name, ...rest] = text.split(":");
    return Object.hasOwn(places, name) && places[name](rest.join(":"));
  }
  function isDay(text) {
    const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
    return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  }
  function readPin(text) {
    const [, id, x, y, narrow] = /^(.+?):(-?\d{1,5}):(-?\d{1,5})(:n)?$/.exec(text) || [];
    return parley.nodes.has(id) ? { id, text, isHere: Boolean(narrow) === parley.isNarrow(), at: { x: Number(x), y: Number(y) } } : null;
  }
  /* An end of "one..other"; null unless the page holds both. */
  function readPath(text) {
    const [from, to, more] = text.split("..");
    const known = more === undefined && parley.entities.has(from) && parley.entities.has(to) && from !== to;
    return known ? { from, to, nodes: [], lines: [] } : null;
  }
  /* Stories are the story bar's: it says with `knowsStory` which ids and steps there are. */
  function readStory(text) {
    const [, id, step] = /^(.+)\.(\d{1,3})$/.exec(text) || [];
    return id && parley.knowsStory && parley.knowsStory(id, Number(step)) ? { id, step: Number(step) } : null;
  }
  /* Take over what the fragment says; return what it names and this page does not hold, as [{part, text}]. */
  parley.readFragment = () => {
    const parts = new URLSearchParams(given());
    const lost = [];
    const lose = (part, text) => {
      lost.push({ part, text });
      return null;
    };
    const one = (part, read) => (parts.get(part) ? (read(parts.get(part)) ?? lose(part, parts.get(part))) : null);
    const many = (part, read) => (parts.get(part) || "").split(",").filter(Boolean).map((text) => read(text) ?? lose(part, text)).filter((item) => item !== null);
    const node = (id) => (parley.nodes.has(id) ? id : null);
    parley.showFirst();
    state.off = new Set(many("off", (text) => (knowsFilter(text) ? text : null)));
    state.theme = one("theme", (text) => (["dark", "light"].includes(text) ? text : null)) || "";
    state.hidden = new Set();
    const pins = many("pin", readPin);
    elsewhere = pins.filter((pin) => !pin.isHere).map((pin) => pin.text);
    state.pinned = new Map(pins.filter((pin) => pin.isHere).map((pin) => [pin.id, pin.at]));
    for (const [id, at] of state.pinned) parley.nodes.get(id).at = at;
    parley.show(many("show", node));
    state.hidden = new Set(many("hide", node));
    state.only = new Set(many("only", node));
    state.date = one("at", (text) => (isDay(text) ? text : null)) || "";
    state.path = one("path", readPath);
    state.story = one("story", readStory);
    state.line = one("line", (id) => (parley.lines.has(id) ? id : null));
    state.selected = one("node", (id) => (parley.entities.has(id) ? id : null));
    if (state.line !== null) parley.show([parley.lines.get(state.line).from, parley.lines.get(state.line).to]);
    if (state.selected !== null && !state.hidden.has(state.selected)) parley.show([state.selected]);
    if (parts.get("v") && parts.get("v") !== version()) lose("v", parts.get("v"));
    return lost;
  };
  const WORDS = { off: "filter", theme: "theme", line: "line", node: "entity", show: "entity", hide: "hidden entity", pin: "pinned place", at: "date", only: "entity", path: "path", story: "story" };
  /* Says in a note what a link named and this page cannot show. */
  parley.tellLost = (lost) => {
    const named = lost.filter((one) => one.part !== "v").map((one) => `${WORDS[one.part]} “${one.text.slice(0, 80)}”`);
    const made = lost.find((one) => one.part === "v");
    const lines = [];
    if (named.length) lines.push(`This link named ${named.slice(0, 5).join(", ")}${named.length > 5 ? ` and ${named.length - 5} more` : ""}, which this page does not hold.`);
    if (made) lines.push(`It was made with ${made.text.slice(0, 120)}; this page holds ${version()}.`);
    if (lines.length) parley.tell(lines);
  };
})(window.parley);
