/* Stories: a way through the graph in steps. A step selects nothing; what it speaks of stands out, and the reader's view comes back at the end. */
(function (parley) {
  "use strict";
  const state = parley.state;
  parley.stories = new Map(parley.page.stories.map((story) => [story.id, story]));
  /* The reader's view before the story, and who came into the picture only for it. */
  let before = null;
  let brought = new Set();
  let told = "";
  let leaving = false;

  parley.knowsStory = (id, step) => parley.stories.has(id) && step >= 1 && step <= parley.stories.get(id).steps.length;
  const stepOf = ({ id, step }) => parley.stories.get(id).steps[step - 1];
  const nodesOf = (step) => step.focus.filter((id) => parley.nodes.has(id));
  /* Ids that stand out in this step; null when no story is told or nobody of it can be drawn. */
  parley.storyFocus = () => {
    const focus = state.story === null ? [] : nodesOf(stepOf(state.story));
    return focus.length ? new Set(focus) : null;
  };
  parley.isLineTold = (line) => {
    const focus = parley.storyFocus();
    return focus !== null && focus.has(line.from) && focus.has(line.to);
  };

  parley.tellStory = (id, step) => {
    if (!parley.knowsStory(id, step)) return;
    parley.together(() => {
      state.story = { id, step };
      parley.changed("story");
    });
  };
  parley.turnStory = (by) => state.story !== null && parley.tellStory(state.story.id, state.story.step + by);
  parley.leaveStory = () => {
    state.story = null;
    leaving = true;
    parley.changed("story");
  };

  function remember() {
    const day = stepOf(state.story).day;
    before = { date: state.date === day ? "" : state.date, off: state.off, hidden: state.hidden, only: state.only, path: state.path };
    brought = new Set();
  }
  function set(change) {
    const differs = (name) => (change[name] instanceof Set ? change[name].size || state[name].size : change[name] !== state[name]);
    const parts = { date: "date", off: "filter", hidden: "present", only: "only", path: "path" };
    const changed = Object.keys(change).filter(differs);
    for (const name of changed) state[name] = change[name];
    changed.forEach((name) => parley.changed(parts[name]));
  }
  /* What the step needs: its day, nobody in its focus kept out of the picture, nothing selected. */
  function apply() {
    const step = stepOf(state.story);
    if (before === null) remember();
    set({ date: step.day || before.date, off: new Set(), hidden: new Set(), only: new Set(), path: null });
    const fresh = parley.show(nodesOf(step));
    for (const id of fresh) brought.add(id);
    if (fresh.length) parley.changed("present");
    if (state.selected !== null || state.line !== null) parley.leave();
  }
  /* A link that ends the story brings a view of its own; else the view from before comes back. */
  function restore() {
    if (leaving) {
      for (const id of brought) if (!state.pinned.has(id)) state.present.delete(id);
      parley.changed("present");
      set(before);
    }
    before = null;
    leaving = false;
  }
  /* The camera of a step: at what is in focus unless it says otherwise. */
  parley.showStep = (animate) => {
    const camera = stepOf(state.story).camera || { fit: "focus" };
    const focus = parley.storyFocus();
    const nodes = parley.visibleNodes().filter((node) => focus !== null && focus.has(node.id));
    if (camera.at) parley.look({ x: camera.at[0], y: camera.at[1] }, camera.zoom || parley.scale(), animate);
    else if (camera.fit === "all" || !nodes.length) parley.fit(animate);
    else parley.frame(nodes, animate);
  };
  function follow(what) {
    if (what === "theme" || what === "place") return;
    const now = state.story === null ? "" : `${state.story.id}.${state.story.step}`;
    if (now === told) return;
    told = now;
    parley.together(state.story === null ? restore : apply);
    parley.updateStory(true);
    if (state.story !== null) parley.showStep(true);
    else if (state.selected === null && state.line === null) parley.fit(true);
  }
  parley.startStories = () => {
    if (!parley.stories.size) return;
    parley.startStoryBar();
    parley.onChange(follow);
    if (state.story === null && parley.knowsStory(parley.page.story, 1) && !location.hash.includes("story=")) state.story = { id: parley.page.story, step: 1 };
    if (state.story === null) return;
    follow("story");
    brought = new Set(nodesOf(stepOf(state.story)).filter((id) => !parley.first.has(id)));
  };
})(window.parley);
