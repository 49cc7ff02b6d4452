/* What of the picture is seen now, and what of it stands out. */
(function (parley) {
  "use strict";
  const state = parley.state;
  /* Ids that stand out while something is selected; null when nothing is. */
  parley.active = () => {
    if (state.line !== null) return new Set([parley.lines.get(state.line).from, parley.lines.get(state.line).to]);
    if (state.selected === null) return state.story === null ? null : parley.storyFocus();
    const around = parley.nodes.has(state.selected) ? parley.neighbours(state.selected) : parley.concerned(state.selected);
    const groups = around.filter((id) => !state.present.has(id) && parley.groupOf(id)).map((id) => parley.groupOf(id).id);
    return new Set([state.selected, ...around, ...groups]);
  };
  parley.isLineActive = (line) => {
    if (state.line !== null) return line.id === state.line;
    if (state.selected !== null) return line.from === state.selected || line.to === state.selected;
    return parley.isLineTold(line);
  };

  parley.visibleNodes = () => [...state.present].filter(parley.isVisible).map((id) => parley.nodes.get(id));
  parley.visibleLines = () => [...parley.lines.values()].filter(parley.isLineVisible);

  /* A side's line to an event at which its people are drawn says nothing more: it waits until one of its ends, or it, is selected. */
  parley.isLineDrawn = (line) => parley.isLineVisible(line) && (!line.party || isTold(line) || !peopleAt(line.to).has(parley.nodes.get(line.from).colour));
  const isTold = (line) => (parley.active() !== null && parley.isLineActive(line)) || (state.path !== null && state.path.lines.includes(line.id));
  function peopleAt(event) {
    const there = (parley.linesOf.get(event) || []).filter((line) => line.to === event && line.family === "presence" && parley.isLineVisible(line));
    const people = there.map((line) => parley.nodes.get(line.from)).filter((node) => node.kind === "Person" && node.colour !== "third");
    return new Set(people.map((node) => node.colour));
  }
})(window.parley);
