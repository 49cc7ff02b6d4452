/* Whether things held on a day: nodes, lines and relationships carry their letters and the days on which these change (visualizer/days.py). */
(function (parley) {
  "use strict";
  const state = parley.state;
  const DAY = /(\d{4}-\d\d-\d\d)/;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const WORDS = { p: "possibly", u: "date not in our sources", b: "beginning not in our sources", e: "end not in our sources" };
  const known = new Map();

  function turns(days) {
    if (!known.has(days)) known.set(days, days.split(DAY));
    return known.get(days);
  }
  /* The letter of a day: y so, p possibly, u b e not dated, n surely not; empty for what has no days. */
  parley.letterAt = (days, day) => {
    const parts = turns(days || "");
    let letter = parts[0];
    for (let at = 1; at < parts.length && parts[at] <= day; at += 2) letter = parts[at + 1];
    return letter;
  };
  parley.holdsAt = (thing, day) => parley.letterAt(thing.days, day) !== "n";
  /* What of a card's list holds at the chosen day; everything without one, and in the card of what does not hold itself. */
  parley.holding = (ids, things, self) => {
    if (!state.date || !parley.holdsAt(parley.entities.get(self), state.date)) return ids;
    return ids.filter((id) => !things.has(id) || parley.holdsAt(things.get(id), state.date));
  };
  /* The first day on which a thing surely holds, else on which it may; empty when it does on none. */
  parley.firstDay = (thing) => {
    const parts = turns(thing.days || "");
    const found = (letters) => parts.findIndex((letter, at) => at % 2 === 0 && letters.includes(letter));
    const at = found("y") >= 0 ? found("y") : found("pube");
    return at > 0 ? parts[at - 1] : "";
  };
  /* The days on which a thing surely begins: where surely not turns to surely so without a doubt between. */
  parley.sureDays = (thing) => {
    const parts = turns(thing.days || "");
    return parts.filter((_, at) => at % 2 === 1 && parts[at - 1] === "n" && parts[at + 1] === "y");
  };
  /* How surely a thing holds, as a mark in a card: at the chosen day, else at the graph's own date. */
  parley.heldOf = (thing) => {
    if (!state.date) return thing.held || "";
    const letter = parley.letterAt(thing.days, state.date);
    return letter === "n" ? `not on ${parley.dayInWords(state.date)}` : WORDS[letter] || "";
  };
  /* Whether a line is drawn lighter: it only possibly holds, or our sources do not date it. */
  parley.isLight = (line) => (state.date ? "pube".includes(parley.letterAt(line.days, state.date) || "y") : Boolean(line.held));
  parley.certaintyOf = (line) => line.certainty || "stated";
  parley.dayInWords = (day) => {
    const [year, month, number] = day.split("-").map(Number);
    return `${number} ${MONTHS[month - 1]} ${year}`;
  };
})(window.parley);
