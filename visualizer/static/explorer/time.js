/* The time bar: one day between the first and the last, ticks at the rounds, and play from tick to tick. */
(function (parley) {
  "use strict";
  const { element, button, said } = parley;
  const state = parley.state;
  const bar = parley.page.time;
  const place = parley.byId("time");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const A_DAY = 86400000;
  const PAUSE = 1600;
  const GLIDE = 500;
  const number = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / A_DAY);
  const dayOf = (at) => new Date(at * A_DAY).toISOString().slice(0, 10);
  let stops = [];
  const findStops = () => {
    stops = bar ? [...new Set([bar.first, ...bar.ticks.map((tick) => tick.day), bar.last])] : [];
  };
  const parts = {};
  let timer = null;
  let moving = false;
  let wished = null;

  const shownDay = () => state.date || bar.last;
  const roundsOn = (day) => bar.ticks.filter((tick) => tick.day === day).map((tick) => parley.nameOf(tick.id)).join(", ");
  const inWords = () => (state.date ? [parley.dayInWords(state.date), roundsOn(state.date)].filter(Boolean).join(", ") : "All dates");

  /* A day that the reader chose; while the slider moves, all of it is one step for undo. */
  parley.setDay = (day, goesOn) => {
    if (goesOn && moving) {
      if (state.date === day) return;
      state.date = day;
      parley.changed("date");
      return;
    }
    moving = Boolean(goesOn);
    parley.act(day ? `Go to ${parley.dayInWords(day)}` : "All dates", () => {
      state.date = day;
    });
  };
  /* The next tick before or after the day, or the end of the bar. */
  function neighbour(way) {
    if (!state.date) return way < 0 ? [...stops].reverse().find((day) => day < bar.last || roundsOn(day)) || bar.first : bar.first;
    return way < 0 ? [...stops].reverse().find((day) => day < state.date) || bar.first : stops.find((day) => day > state.date) || bar.last;
  }
  function step(way) {
    pause();
    parley.setDay(neighbour(way));
    parley.announce(inWords());
  }
  /* To the round before or after the chosen day; nothing where the page has no dates. */
  parley.stepDay = (way) => !place.hidden && step(way);
  function pause() {
    clearTimeout(timer);
    timer = null;
    moving = false;
    updatePlay();
  }
  function play() {
    if (timer !== null) return pause();
    timer = setTimeout(advance, 0, !state.date || state.date >= bar.last ? bar.first : neighbour(1));
    return updatePlay();
  }
  function advance(day) {
    glide(number(day), () => {
      parley.setDay(day, true);
      parley.announce(inWords());
      if (day >= bar.last) pause();
      else timer = setTimeout(advance, PAUSE, neighbour(1));
    });
  }
  /* Moves the slider's handle to a day; at once where the reader wants no motion, or where it jumps back. */
  function glide(to, then) {
    const from = Number(parts.slider.value);
    if (calm.matches || to <= from) return then();
    const begun = performance.now();
    const frame = (now) => {
      if (timer === null) return update();
      const share = Math.min(1, (now - begun) / GLIDE);
      parts.slider.value = from + (to - from) * share;
      return share < 1 ? requestAnimationFrame(frame) : then();
    };
    return requestAnimationFrame(frame);
  }
  function slid() {
    clearTimeout(timer);
    timer = null;
    if (wished === null) requestAnimationFrame(moved);
    wished = dayOf(Number(parts.slider.value));
  }
  function moved() {
    const day = wished;
    wished = null;
    if (day !== null) parley.setDay(day, true);
  }
  function released() {
    moved();
    moving = false;
    updatePlay();
  }
  function pressedOnSlider(event) {
    const way = { PageDown: -1, PageUp: 1 }[event.key];
    if (!way) return;
    step(way);
    event.preventDefault();
  }
  function pressed(event) {
    const typing = event.target instanceof HTMLInputElement && ["text", "search"].includes(event.target.type);
    const way = { "[": -1, "]": 1 }[event.key];
    if (!way || typing || event.ctrlKey || event.metaKey) return;
    step(way);
    event.preventDefault();
  }

  const icon = (path) => parley.svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, parley.svg("path", { d: path }));
  function built() {
    const first = number(bar.first);
    const span = Math.max(1, number(bar.last) - first);
    const share = (day) => Math.min(1, Math.max(0, (number(day) - first) / span));
    parts.slider = element("input", { type: "range", min: first, max: first + span, step: 1, "aria-label": "Date" });
    parts.ticks = parley.ticksOf(bar.ticks.map((tick) => ({ ...tick, share: share(tick.day), from: tick.from && share(tick.from), to: tick.to && share(tick.to) })), parts.slider, (day) => (pause(), parley.setDay(day)));
    parts.play = button(icon("M8 5V19L19 12Z"), play, {});
    parts.day = element("output", { class: "day" });
    parts.all = button("All dates", () => (pause(), parley.setDay("")), { class: "all-dates" });
    return [
      element("div", { class: "steps" }, button(icon("M15 6L9 12L15 18"), () => step(-1), { "aria-label": "Previous round", title: "Previous round ([)" }), parts.play, button(icon("M9 6L15 12L9 18"), () => step(1), { "aria-label": "Next round", title: "Next round (])" })),
      element("div", { class: "track" }, parts.slider, parts.ticks.group),
      element("div", { class: "chosen" }, parts.day, parts.all),
    ];
  }
  function updatePlay() {
    const word = timer === null ? "Play from round to round" : "Pause";
    parts.play.replaceChildren(icon(timer === null ? "M8 5V19L19 12Z" : "M8 5H11V19H8ZM14 5H17V19H14Z"));
    parts.play.setAttribute("aria-label", word);
    parts.play.title = word;
  }
  function update() {
    parts.slider.value = number(shownDay());
    parts.slider.setAttribute("aria-valuetext", inWords());
    place.classList.toggle("everything", !state.date);
    parts.day.replaceChildren(element("b", { text: state.date ? parley.dayInWords(state.date) : "All dates" }), element("small", {}, said(state.date ? roundsOn(state.date) : `${parley.dayInWords(bar.first)} – ${parley.dayInWords(bar.last)}`)));
    parts.all.hidden = !state.date;
    parts.ticks.update();
  }
  function build() {
    findStops();
    place.replaceChildren(...built());
    parts.slider.addEventListener("input", slid);
    parts.slider.addEventListener("change", released);
    parts.slider.addEventListener("keydown", pressedOnSlider);
    updatePlay();
    update();
  }
  /* What the service brought may lie beyond the ends of the bar, or be a round: the bar then goes as far; where the graph is as of a
     date, that stays its end. */
  const measured = new Set();
  function stretch() {
    let grew = false;
    const rounds = bar.ticks.some((tick) => parley.nodes.has(tick.id) && parley.nodes.get(tick.id).kind === "Round");
    for (const node of parley.nodes.values()) {
      if (measured.has(node.id)) continue;
      measured.add(node.id);
      for (const day of parley.sureDays(node)) {
        if (day > bar.last && parley.page.as_of) continue;
        const isRound = rounds && node.kind === "Round";
        grew = grew || day < bar.first || day > bar.last || isRound;
        bar.first = day < bar.first ? day : bar.first;
        bar.last = day > bar.last ? day : bar.last;
        if (isRound) bar.ticks.push({ id: node.id, day });
      }
    }
    if (!grew) return;
    bar.ticks.sort((a, b) => (a.day < b.day || (a.day === b.day && a.id < b.id) ? -1 : 1));
    pause();
    build();
  }
  parley.startTime = () => {
    place.hidden = !bar || bar.first === bar.last;
    if (place.hidden) return;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Time");
    for (const id of parley.nodes.keys()) measured.add(id);
    build();
    document.addEventListener("keydown", pressed);
    parley.onChange((what) => {
      if (what === "present") stretch();
      if (what !== "date") return;
      update();
      parley.updateCard();
    });
    new ResizeObserver(() => parts.ticks.label()).observe(place);
  };
})(window.parley);
