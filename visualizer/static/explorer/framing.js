/* Where the camera stands: so that what it looks at fills the part of the stage that the card and the story leave free. */
(function (parley) {
  "use strict";
  /* How far down the stage is free of the story's bar, in pixels of the stage. */
  parley.aboveStory = (stage) => {
    const bar = parley.byId("story");
    return bar.hidden ? stage.height : Math.max(120, bar.getBoundingClientRect().top - stage.top);
  };
  /* In a narrow window the button of the groups would hide what stands under it. */
  function underGroups(stage) {
    const panel = parley.byId("groups");
    return panel && parley.isNarrow() ? Math.max(0, panel.firstElementChild.getBoundingClientRect().bottom - stage.top) : 0;
  }
  /* The part of the stage that the card leaves free, in pixels of the stage. */
  function freeRectangle(whole) {
    const stage = parley.byId("stage").getBoundingClientRect();
    const card = parley.byId("card");
    const free = { left: 0, top: underGroups(stage), right: stage.width, bottom: parley.aboveStory(stage) };
    if (whole || card.hidden) return free;
    const box = card.getBoundingClientRect();
    if (box.width > stage.width * 0.8) free.bottom = Math.max(120, Math.min(free.bottom, box.top - stage.top));
    else free.right = Math.max(200, box.left - stage.left);
    return free;
  }
  parley.extent = (nodes) => {
    const all = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const node of nodes) {
      const box = parley.boxAt(node, node.at.x, node.at.y);
      all.left = Math.min(all.left, box.left);
      all.right = Math.max(all.right, box.right);
      all.top = Math.min(all.top, box.top);
      all.bottom = Math.max(all.bottom, box.bottom);
    }
    return all;
  };
  parley.freeRoom = (whole) => {
    const free = freeRectangle(whole);
    const margin = Math.min(14, parley.byId("stage").clientWidth * 0.02);
    return { left: free.left + margin, top: free.top + margin, right: free.right - margin, bottom: free.bottom - margin };
  };
  /* The largest scale at which a box fits into the room. */
  parley.largestScale = (box, free) => Math.max(0.03, Math.min((free.right - free.left) / (box.right - box.left), (free.bottom - free.top) / (box.bottom - box.top)));
  /* Where the camera looks when a point of the picture stands in the middle of the room. */
  parley.centreFor = (point, free, scale) => {
    const stage = parley.byId("stage");
    return {
      x: point.x + (stage.clientWidth / 2 - (free.left + free.right) / 2) / scale,
      y: point.y + (stage.clientHeight / 2 - (free.top + free.bottom) / 2) / scale,
    };
  };
  /* The camera that shows these nodes whole, `whole` also under the card. */
  parley.framing = (nodes, whole) => {
    const free = parley.freeRoom(whole);
    const box = parley.extent(nodes);
    const scale = Math.min(1.35, parley.largestScale(box, free));
    return { scale, centre: parley.centreFor({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, free, scale) };
  };
})(window.parley);
