/* The picture itself: vis-network draws nodes and lines from a fixed list of keys; the camera goes where it is needed. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const colours = new Map();
  /* A neighbourhood that is too wide is not shown smaller than this, but around its middle. */
  const LEAST = 0.66;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let network = null;
  let nodeView = null;
  let lineView = null;
  let nodeSet = null;
  let lineSet = null;
  let hovered = null;
  parley.colour = (name) => {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
  };
  parley.forgetColours = () => colours.clear();
  parley.scale = () => (network ? network.getScale() : 1);

  /* Ids that stand out while something is selected; null when nothing is. */
  parley.active = () => {
    if (state.line !== null) return new Set([parley.lines.get(state.line).from, parley.lines.get(state.line).to]);
    if (state.selected === null) return null;
    const around = parley.nodes.has(state.selected) ? parley.neighbours(state.selected) : parley.concerned(state.selected);
    return new Set([state.selected, ...around]);
  };
  parley.isLineActive = (line) =>
    state.line !== null ? line.id === state.line : line.from === state.selected || line.to === state.selected;

  function drawGlyph(context, node, x, y, active) {
    const kind = parley.kinds.get(node.kind);
    const faded = active !== null && !active.has(node.id);
    const chosen = node.id === state.selected;
    context.save();
    context.translate(x, y);
    context.globalAlpha = faded ? 0.2 : 1;
    const shape = parley.path(parley.outline(kind.shape, node.size));
    if (chosen || node.id === hovered) {
      context.fillStyle = context.strokeStyle = parley.colour(node.colour);
      context.save();
      context.globalAlpha *= 0.26;
      context.fill(parley.path(parley.outline(kind.shape, node.size + 8)));
      context.restore();
    }
    context.lineJoin = "round";
    context.strokeStyle = chosen ? parley.colour("ink") : parley.colour("ground");
    context.lineWidth = chosen ? 5 : 4;
    context.stroke(shape);
    context.fillStyle = parley.colour("ground");
    context.globalAlpha = 1;
    context.fill(shape);
    context.globalAlpha = faded ? 0.2 : 1;
    context.fillStyle = parley.colour(node.colour);
    context.fill(shape);
    drawIcon(context, node, kind);
    context.restore();
  }
  function drawIcon(context, node, kind) {
    const ink = parley.colour("glyph-ink");
    if (kind.icon === "initials") {
      context.fillStyle = ink;
      context.font = `600 ${Math.round(node.size * 0.8)}px ${parley.label.font}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(parley.initials(parley.nameOf(node.id)), 0, 1);
      return;
    }
    const [size, down] = parley.iconBox(kind.shape, node.size);
    context.translate(-size / 2, down - size / 2);
    context.scale(size / 24, size / 24);
    context.strokeStyle = ink;
    context.lineWidth = 1.9;
    context.lineCap = "round";
    context.stroke(parley.path(parley.icon(kind)));
  }
  const renderer = ({ ctx, id, x, y }) => {
    const node = parley.nodes.get(id);
    return {
      drawNode: () => drawGlyph(ctx, node, x, y, parley.active()),
      nodeDimensions: { width: node.size * 2, height: node.size * 2 },
    };
  };
  const nodeItem = (node) => ({ id: node.id, x: node.at.x, y: node.at.y, size: node.size, shape: "custom", ctxRenderer: renderer });
  function lineItem(line) {
    const active = parley.active();
    const on = active !== null && parley.isLineActive(line);
    const colour = on ? parley.colour("accent") : parley.colour(`line-${line.family}`);
    const bend = parley.bendOf(line);
    return {
      id: line.id,
      from: line.from,
      to: line.to,
      dashes: line.dashes ? [6, 5] : false,
      width: on ? 2.4 : 1.5,
      color: { color: colour, highlight: colour, hover: colour, opacity: active === null || on ? 1 : 0.14 },
      smooth: { enabled: Math.abs(bend) > 0.001, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) },
    };
  }
  /* Nodes and lines as vis-network should have them now. */
  parley.refresh = () => {
    const present = [...state.present].map((id) => parley.nodes.get(id));
    nodeSet.update(present.map(nodeItem));
    lineSet.update([...parley.lines.values()].filter((line) => state.present.has(line.from) && state.present.has(line.to)).map(lineItem));
    nodeView.refresh();
    lineView.refresh();
    network.redraw();
  };
  parley.visibleNodes = () => [...state.present].filter(parley.isVisible).map((id) => parley.nodes.get(id));
  parley.visibleLines = () => [...parley.lines.values()].filter(parley.isLineVisible);

  /* The part of the stage that the card leaves free, in pixels of the stage. */
  function freeRectangle(whole) {
    const stage = parley.byId("stage").getBoundingClientRect();
    const card = parley.byId("card");
    const free = { left: 0, top: 0, right: stage.width, bottom: stage.height };
    if (whole || card.hidden) return free;
    const box = card.getBoundingClientRect();
    if (box.width > stage.width * 0.8) free.bottom = Math.max(120, box.top - stage.top);
    else free.right = Math.max(200, box.left - stage.left);
    return free;
  }
  function extent(nodes) {
    const boxes = nodes.map((node) => parley.boxAt(node, node.at.x, node.at.y));
    return {
      left: Math.min(...boxes.map((box) => box.left)),
      right: Math.max(...boxes.map((box) => box.right)),
      top: Math.min(...boxes.map((box) => box.top)),
      bottom: Math.max(...boxes.map((box) => box.bottom)),
    };
  }
  function move(scale, centre, animate) {
    const animation = animate && !calm.matches ? { duration: 260, easingFunction: "easeInOutQuad" } : false;
    network.moveTo({ scale, position: centre, animation });
  }
  /* Show these nodes whole in the free part of the stage, `whole` also under the card. */
  function frame(nodes, animate, whole) {
    if (!nodes.length) return;
    const free = inner(freeRectangle(whole));
    const box = extent(nodes);
    const scale = Math.min(1.35, largest(box, free));
    move(scale, centreFor({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, free, scale), animate);
  }
  /* Go no further than needed to see these nodes: not at all, else sideways, else smaller; `middle` counts most. */
  function disclose(nodes, middle, animate) {
    const stage = parley.byId("stage");
    const free = inner(freeRectangle(false));
    const box = extent(nodes);
    const now = network.getScale();
    const scale = Math.max(Math.min(now, LEAST), Math.min(now, largest(box, free)));
    const view = network.getViewPosition();
    const low = { x: view.x + (free.left - stage.clientWidth / 2) / scale, y: view.y + (free.top - stage.clientHeight / 2) / scale };
    const high = { x: view.x + (free.right - stage.clientWidth / 2) / scale, y: view.y + (free.bottom - stage.clientHeight / 2) / scale };
    const shift = (start, end, from, to, wish) => {
      if (end - start > to - from) return wish - (from + to) / 2;
      return start < from ? start - from : end > to ? end - to : 0;
    };
    const position = {
      x: view.x + shift(box.left, box.right, low.x, high.x, middle ? middle.x : (box.left + box.right) / 2),
      y: view.y + shift(box.top, box.bottom, low.y, high.y, middle ? middle.y : (box.top + box.bottom) / 2),
    };
    if (scale !== now || position.x !== view.x || position.y !== view.y) move(scale, position, animate);
  }
  function inner(free) {
    const margin = Math.min(14, parley.byId("stage").clientWidth * 0.02);
    return { left: free.left + margin, top: free.top + margin, right: free.right - margin, bottom: free.bottom - margin };
  }
  const largest = (box, free) => Math.max(0.12, Math.min((free.right - free.left) / (box.right - box.left), (free.bottom - free.top) / (box.bottom - box.top)));
  function centreFor(point, free, scale) {
    const stage = parley.byId("stage");
    return {
      x: point.x + (stage.clientWidth / 2 - (free.left + free.right) / 2) / scale,
      y: point.y + (stage.clientHeight / 2 - (free.top + free.bottom) / 2) / scale,
    };
  }
  /* Show everything, `whole` also under the card. */
  parley.fit = (animate, whole) => frame(parley.visibleNodes(), animate, whole);
  parley.reveal = (animate) => {
    const active = parley.active();
    if (!active) return;
    const nodes = parley.visibleNodes().filter((node) => active.has(node.id));
    const chosen = parley.nodes.get(state.selected);
    if (nodes.length) disclose(nodes, chosen ? chosen.at : null, animate);
  };
  /* Where a point of the picture is on the stage, in pixels. */
  parley.onStage = (point) => network.canvasToDOM(point);
  parley.zoom = (factor) => move(Math.min(4, Math.max(0.12, network.getScale() * factor)), network.getViewPosition(), true);

  function clicked(event) {
    const at = event.pointer.canvas;
    const id = event.nodes[0] ?? parley.labelAt(at) ?? null;
    if (id !== null) parley.select(id);
    else if (event.edges.length) parley.selectLine(event.edges[0]);
    else if (state.selected !== null || state.line !== null) parley.leave();
    network.unselectAll();
  }
  function listen() {
    network.on("click", clicked);
    network.on("afterDrawing", parley.drawLabels);
    network.on("hoverNode", (event) => hover(event.node));
    network.on("blurNode", () => hover(null));
    network.on("hoverEdge", () => pointer(true));
    network.on("blurEdge", () => pointer(hovered !== null));
    network.on("dragEnd", (event) => {
      for (const id of event.nodes) parley.nodes.get(id).at = network.getPosition(id);
    });
  }
  function pointer(on) {
    parley.byId("network").classList.toggle("pointed", on);
  }
  function hover(id) {
    hovered = id;
    pointer(id !== null);
    network.redraw();
  }
  parley.startPicture = () => {
    nodeSet = new vis.DataSet();
    lineSet = new vis.DataSet();
    nodeView = new vis.DataView(nodeSet, { filter: (item) => parley.isVisible(item.id) });
    lineView = new vis.DataView(lineSet, { filter: (item) => parley.isLineVisible(parley.lines.get(item.id)) });
    network = new vis.Network(parley.byId("network"), { nodes: nodeView, edges: lineView }, parley.options);
    listen();
  };
  /* Leave out what is no longer in the picture, when the window's shape gave everybody another seat. */
  parley.restart = () => {
    nodeSet.clear();
    lineSet.clear();
    parley.refresh();
  };
})(window.parley);
