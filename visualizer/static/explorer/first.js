/* The first picture, drawn from the seats that the page holds before vis-network is there; everything else starts once it is seen. */
(function (parley) {
  "use strict";
  /* In narrower windows the head and the legend find their height only when they are filled. */
  const steady = window.matchMedia("(min-width: 761px)");
  /* So long the rest waits for the picture where a window draws nothing, as behind another or outside of the view. */
  const PATIENCE = 300;
  let started = false;

  /* The other scripts stand in the page as plain text, which the browser does not even read; put in again as scripts they run, each by its hash. */
  function runRest() {
    for (const script of document.querySelectorAll('script[type="text/plain"]')) {
      script.type = "text/javascript";
      document.body.append(script);
    }
  }
  function startRest() {
    if (started) return;
    started = true;
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", runRest);
    else runRest();
  }
  /* Whether the page opens with the picture that it came with: no link, no story, no groups make another of it. */
  const isPlain = () => steady.matches && !document.hidden && !location.hash.slice(1) && !parley.page.story && !parley.hasGroups && parley.nodes.size > 0;

  function canvasOn(stage) {
    const canvas = parley.element("canvas", { id: "first", "aria-hidden": "true" });
    stage.prepend(canvas);
    canvas.width = Math.round(canvas.clientWidth * window.devicePixelRatio);
    canvas.height = Math.round(canvas.clientHeight * window.devicePixelRatio);
    return canvas;
  }
  /* In the order of vis-network: lines, glyphs, arrows, then the labels. */
  function drawAll(context, nodes, scale) {
    const headed = parley.options.edges.arrows.to.enabled;
    const strokes = [...parley.lines.values()].filter(parley.isLineDrawn).map((line) => parley.strokeOf(line, null, headed));
    for (const stroke of strokes) parley.drawStroke(context, stroke);
    context.setLineDash([]);
    context.globalAlpha = 1;
    const now = { active: null, scale, hovered: null };
    for (const node of nodes) {
      context.save();
      parley.drawGlyph(context, node, node.at, now);
      context.restore();
    }
    if (headed) for (const stroke of strokes) parley.drawHead(context, stroke);
    context.globalAlpha = 1;
    parley.drawLabels(context, scale);
  }
  function drawFirst() {
    parley.showFirst();
    const nodes = parley.visibleNodes();
    if (!nodes.length) return false;
    const canvas = canvasOn(parley.byId("stage"));
    const context = canvas.getContext("2d");
    const { scale, centre } = parley.framing(nodes, false);
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.translate(canvas.clientWidth / 2 - centre.x * scale, canvas.clientHeight / 2 - centre.y * scale);
    context.scale(scale, scale);
    drawAll(context, nodes, scale);
    document.body.dataset.drawn = "yes";
    return true;
  }
  /* What is clicked while nothing can answer yet: the last of it is clicked again once it can. */
  let early = null;
  function note(event) {
    const at = parley.byId("network").getBoundingClientRect();
    early = { x: event.clientX - at.left, y: event.clientY - at.top };
  }
  parley.takeEarly = () => {
    parley.byId("network").removeEventListener("click", note);
    return early;
  };
  /* The picture is vis-network's from here on. */
  parley.leaveFirst = () => {
    if (parley.byId("first")) parley.byId("first").remove();
  };
  /* The frame after the next is the first by which what was drawn is surely on the screen. */
  if (isPlain() && drawFirst()) {
    parley.byId("network").addEventListener("click", note);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(startRest)));
    setTimeout(startRest, PATIENCE);
  } else startRest();
})(window.parley);
