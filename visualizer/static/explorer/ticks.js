/* The ticks of the time bar: a round each, one of them a stop of the Tab key, the arrows go on from there. */
(function (parley) {
  "use strict";
  const { element, button, said } = parley;
  const state = parley.state;
  const THUMB = 16;
  /* The name of the last round may go so far past the end of the bar. */
  const BEYOND = 40;

  function centre(one) {
    const at = one.mark.getBoundingClientRect();
    return at.left + at.width / 2;
  }
  const isOutside = (at, from, width) => at < from - 2 || at > from + width + 2;
  /* Ticks at their share of the slider; `go` is told the day of the one that was chosen. */
  parley.ticksOf = (rounds, slider, go) => {
    const ticks = rounds.map(made);
    const group = element("div", { class: "ticks", role: "group", "aria-label": "Rounds" }, ...rounds.filter((round) => round.from !== undefined).map(spanned), ...ticks.map((one) => one.mark));
    group.addEventListener("keydown", pressed);

    /* A round known by month or year may have been on any day of it. */
    function spanned(round) {
      const span = element("span", { class: "span", "aria-hidden": "true" });
      const at = (share) => `calc(${THUMB / 2}px + ${share.toFixed(5)} * (100% - ${THUMB}px))`;
      span.style.left = at(round.from);
      span.style.width = `calc(${(round.to - round.from).toFixed(5)} * (100% - ${THUMB}px))`;
      return span;
    }
    function made(round) {
      const words = `${parley.nameOf(round.id)}, ${parley.dayInWords(round.day)}`;
      const mark = button(said(parley.nameOf(round.id)), () => go(round.day), { class: "tick", title: words, "aria-label": words });
      mark.style.left = `calc(${THUMB / 2}px + ${round.share.toFixed(5)} * (100% - ${THUMB}px))`;
      return { ...round, mark };
    }
    function stop(chosen) {
      for (const one of ticks) one.mark.tabIndex = one === chosen ? 0 : -1;
    }
    function pressed(event) {
      const at = ticks.findIndex((one) => one.mark === event.target);
      const next = ticks[at + ({ ArrowLeft: -1, ArrowRight: 1 }[event.key] || NaN)];
      if (!next) return;
      stop(next);
      next.mark.focus();
      event.preventDefault();
    }
    /* Names stand where there is room and under no other tick, that of the chosen round first; the others appear on focus and under the pointer. */
    function label() {
      const taken = [];
      const edge = slider.getBoundingClientRect();
      const rank = (one) => (one.day === state.date ? 0 : 1);
      for (const one of [...ticks].sort((a, b) => rank(a) - rank(b) || b.share - a.share)) {
        const { width } = one.mark.firstElementChild.getBoundingClientRect();
        const middle = centre(one);
        const isClear = (from) => one.day === state.date || ticks.every((other) => other === one || isOutside(centre(other), from, width));
        const isFree = (from) => from > edge.left && from + width < edge.right + BEYOND && !taken.some((other) => from < other.right + 8 && other.left < from + width + 8);
        const places = [["middle", middle - width / 2], ["before", middle - width + 7], ["after", middle - 7]];
        const [side, left] = places.find(([, from]) => isFree(from) && isClear(from)) || ["crowded"];
        for (const name of ["before", "after", "crowded"]) one.mark.classList.toggle(name, name === side);
        if (side !== "crowded") taken.push({ left, right: left + width });
      }
    }
    function update() {
      for (const one of ticks) {
        one.mark.classList.toggle("now", one.day === state.date);
        one.mark.classList.toggle("ahead", Boolean(state.date) && one.day > state.date);
      }
      stop(ticks.find((one) => one.day === state.date) || ticks[0]);
      label();
    }
    return { group, label, update };
  };
})(window.parley);
