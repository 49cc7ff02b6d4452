/* A large picture is carried: while it is dragged or zoomed a copy of it moves as it was drawn; once that rests it is drawn anew. */
(function (parley) {
  "use strict";
  /* Up to so many nodes it is drawn for every frame. */
  const LARGE = 1000;
  /* So many milliseconds nothing must move; after a turn of the wheel a little longer than vis-network leaves the lines out. */
  const REST = { dragging: 120, zoom: 260 };
  /* Of less of the stage than this, or so much larger than it was drawn, the picture is drawn anew at once. */
  const LEAST = 0.3;
  const LARGER = 2;
  let network = null;
  let copy = null;
  let drawn = null;
  let carried = false;
  let asked = false;
  let timer = 0;

  /* The camera as vis-network keeps it: where the picture's origin is on the stage, and at which scale. */
  const camera = () => ({ scale: network.getScale(), ...network.canvasToDOM({ x: 0, y: 0 }) });
  const isLarge = () => network.body.nodeIndices.length > LARGE;
  const original = () => network.canvas.frame.canvas;
  /* The copy lies under the picture, which is there to be pointed at but not seen: vis-network reckons from where its canvas is. */
  function copyPicture() {
    const { width, height } = original();
    Object.assign(copy, { width, height });
    copy.getContext("2d").drawImage(original(), 0, 0);
    copy.style.transform = "";
    copy.hidden = false;
    original().style.opacity = "0";
  }
  function showPicture() {
    drawn = camera();
    if (copy.hidden) return;
    copy.hidden = true;
    original().style.opacity = "";
  }
  /* Let vis-network draw again; it does so with the next frame. */
  parley.putDown = () => {
    clearTimeout(timer);
    if (!carried) return;
    carried = false;
    network.renderer.dragging = false;
    for (const wish of ["_allowRedraw", "_requestRedraw"]) network.body.emitter.emit(wish);
  };
  function drawAnew() {
    parley.putDown();
    network.body.emitter.emit("_redraw");
  }
  /* How the copy has to be moved so that what was drawn stands where it should be now. */
  function shift() {
    const now = camera();
    const scale = now.scale / drawn.scale;
    return { x: now.x - drawn.x * scale, y: now.y - drawn.y * scale, scale };
  }
  function isSpent({ x, y, scale }) {
    const { clientWidth: width, clientHeight: height } = parley.byId("network");
    const left = (from, side) => Math.max(0, Math.min(side, from + side * scale) - Math.max(0, from));
    return scale > LARGER || left(x, width) * left(y, height) < LEAST * width * height;
  }
  function follow() {
    asked = false;
    if (!carried) return;
    const way = shift();
    if (isSpent(way)) {
      drawAnew();
      return;
    }
    copy.style.transform = `translate(${way.x}px,${way.y}px) scale(${way.scale})`;
    parley.frameMinimap();
  }
  /* The camera moved, or is about to: what was drawn follows with the next frame. */
  parley.carry = (what) => {
    if (drawn === null || !isLarge()) return;
    if (!carried) {
      carried = true;
      if (copy.hidden) copyPicture();
      network.body.emitter.emit("_blockRedraw");
    }
    clearTimeout(timer);
    timer = setTimeout(drawAnew, REST[what]);
    if (asked) return;
    asked = true;
    requestAnimationFrame(follow);
  };
  parley.startCarrying = (made) => {
    network = made;
    copy = parley.element("canvas", { "aria-hidden": "true", hidden: true });
    parley.byId("stage").prepend(parley.element("div", { id: "carried" }, copy));
    network.on("afterDrawing", showPicture);
    for (const name of ["dragStart", "dragging"]) {
      network.on(name, (event) => {
        if (!event.nodes.length && !event.event.srcEvent.shiftKey) parley.carry("dragging");
      });
    }
    network.on("zoom", () => parley.carry("zoom"));
    network.on("dragEnd", parley.putDown);
  };
})(window.parley);
