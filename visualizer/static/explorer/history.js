/* Undo and redo: every act on the picture leaves a snapshot of what it found. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const MOST = 100;
  const past = [];
  const future = [];
  let acting = false;

  function snapshot() {
    return {
      present: new Set(state.present),
      hidden: new Set(state.hidden),
      pinned: new Map(state.pinned),
      off: new Set(state.off),
      date: state.date,
      only: new Set(state.only),
      places: new Map([...state.present].map((id) => [id, parley.nodes.get(id).at])),
    };
  }
  const sameSet = (one, other) => one.size === other.size && [...one].every((item) => other.has(item));
  const sameMap = (one, other) => one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
  /* What of two snapshots differs, in the words of `changed`. */
  function differences(one, other) {
    const parts = [];
    if (!sameSet(one.present, other.present) || !sameSet(one.hidden, other.hidden)) parts.push("present");
    else if (!sameMap(one.places, other.places) || !sameMap(one.pinned, other.pinned)) parts.push("place");
    if (!sameSet(one.off, other.off)) parts.push("filter");
    if (one.date !== other.date) parts.push("date");
    if (!sameSet(one.only, other.only)) parts.push("only");
    return parts;
  }
  /* Runs a change that can be undone; one that changes nothing leaves no trace, one inside another is part of it. */
  parley.act = (name, change) => {
    if (acting) return change();
    const before = snapshot();
    parley.dismissPassing();
    acting = true;
    try {
      parley.together(() => {
        change();
        const parts = differences(before, snapshot());
        if (parts.length) {
          past.push({ name, before });
          past.splice(0, past.length - MOST);
          future.length = 0;
        }
        parts.forEach(parley.changed);
      });
    } finally {
      acting = false;
    }
    return undefined;
  };
  function restore(kept) {
    for (const [id, at] of kept.places) parley.nodes.get(id).at = at;
    for (const name of ["present", "hidden", "off", "only"]) state[name] = new Set(kept[name]);
    state.pinned = new Map(kept.pinned);
    state.date = kept.date;
    const gone = parley.nodes.has(state.selected) && !parley.isVisible(state.selected);
    if (gone) state.selected = null;
    return gone;
  }
  function move(from, to, word) {
    const step = from.pop();
    if (!step) return parley.announce(`Nothing to ${word}.`);
    const now = snapshot();
    to.push({ name: step.name, before: now });
    parley.together(() => {
      if (restore(step.before)) parley.changed("selection");
      differences(now, snapshot()).forEach(parley.changed);
    });
    return parley.announce(`${word === "undo" ? "Undone" : "Done again"}: ${step.name}.`);
  }
  parley.undo = () => move(past, future, "undo");
  parley.redo = () => move(future, past, "redo");
  /* What undo and redo would do next, by name; empty when there is nothing. */
  parley.nextUndo = () => (past.length ? past[past.length - 1].name : "");
  parley.nextRedo = () => (future.length ? future[future.length - 1].name : "");
  /* Places belong to a shape of window: when that changes, what was done before can no longer be undone. */
  parley.forgetHistory = () => {
    past.length = future.length = 0;
  };
})(window.parley);
