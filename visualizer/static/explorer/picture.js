/* The picture itself: vis-network draws nodes and lines from a fixed list of keys; the camera goes where it is needed. */
(function (parley) {
  "use strict";
  const state = parley.state;
  /* A neighbourhood that is too wide is not shown smaller than this, but around its middle. */
  const LEAST = 0.66;
  /* Beside the card of a middling window there is less room than so many pixels: there it may become smaller, lest the card hide it. */
  const ROOMY = 700;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let network = null;
  let nodeView = null;
  let lineView = null;
  let nodeSet = null;
  let lineSet = null;
  let hovered = null;
  parley.scale = () => (network ? network.getScale() : 1);

  /* What every glyph of a frame is drawn by, looked up once for all. */
  const frameOf = () => ({ active: parley.active(), scale: network.getScale(), hovered });
  let now = null;
  const renderer = ({ ctx, id, x, y }) => {
    const node = parley.groupAt(id) || parley.nodes.get(id);
    return {
      drawNode: () => parley.drawGlyph(ctx, node, { x, y }, now),
      nodeDimensions: { width: node.size * 2, height: node.size * 2 },
    };
  };
  const nodeItem = (node) => ({ id: node.id, x: node.at.x, y: node.at.y, size: node.size, shape: "custom", ctxRenderer: renderer });
  function lineItem(line, active) {
    const { colour, width, opacity, dashes, bend } = parley.lineLook(line, active);
    return {
      id: line.id,
      from: line.from,
      to: line.to,
      dashes,
      width,
      color: { color: colour, highlight: colour, hover: colour, opacity },
      smooth: { enabled: bend !== 0, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) },
    };
  }
  /* The lines between groups are the wider the more they stand for. */
  function tieItem(tie, active, most) {
    const on = [tie.from, tie.to].includes(parley.focusedGroup());
    const colour = parley.colour(on ? "accent" : "pale-presence");
    const share = Math.sqrt(tie.count / most);
    return {
      id: tie.id,
      from: tie.from,
      to: tie.to,
      dashes: false,
      arrows: { to: { enabled: false } },
      width: 1 + 6 * share,
      color: { color: colour, highlight: colour, hover: colour, opacity: active !== null ? 0.08 : 1 },
      smooth: { enabled: false },
    };
  }
  /* What vis-network was last told of each item: only what differs is told again, which for thousands of lines is what takes time. */
  const told = { nodes: new Map(), lines: new Map() };
  function tell(set, kept, items) {
    const fresh = items.filter((item) => {
      const text = item.ctxRenderer ? `${item.x} ${item.y} ${item.size}` : JSON.stringify(item);
      if (kept.get(item.id) === text) return false;
      kept.set(item.id, text);
      return true;
    });
    if (fresh.length) set.update(fresh);
  }
  function drop(ids) {
    for (const id of ids) told.lines.delete(id);
    lineSet.remove(ids);
  }
  /* Nodes and lines as vis-network should have them now. */
  parley.refresh = () => {
    parley.putDown();
    const active = parley.active();
    const ties = parley.countGroups();
    const present = [...state.present].map((id) => parley.nodes.get(id));
    tell(nodeSet, told.nodes, [...present, ...parley.visibleGroups()].map(nodeItem));
    const lines = [...parley.lines.values()].filter((line) => state.present.has(line.from) && state.present.has(line.to));
    const most = ties.reduce((sum, tie) => Math.max(sum, tie.count), 1);
    const standing = new Set(ties.map((tie) => tie.id));
    drop([...told.lines.keys()].filter((id) => !parley.lines.has(id) && !standing.has(id)));
    tell(lineSet, told.lines, [...ties.map((tie) => tieItem(tie, active, most)), ...lines.map((line) => lineItem(line, active))]);
    nodeView.refresh();
    lineView.refresh();
    network.redraw();
  };
  function move(scale, centre, animate) {
    parley.putDown();
    const animation = animate && !calm.matches ? { duration: 260, easingFunction: "easeInOutQuad" } : false;
    network.moveTo({ scale, position: centre, animation });
  }
  /* Show these nodes whole in the free part of the stage, `whole` also under the card. */
  function frame(nodes, animate, whole) {
    if (!nodes.length) return;
    const { scale, centre } = parley.framing(nodes, whole);
    move(scale, centre, animate);
  }
  /* Go no further than needed to see these nodes: not at all, else sideways, else smaller; `middle` counts most. */
  function disclose(nodes, middle, animate) {
    const stage = parley.byId("stage");
    const free = parley.freeRoom(false);
    const box = parley.extent(nodes);
    const now = network.getScale();
    const least = LEAST * (parley.isNarrow() ? 1 : Math.min(1, (free.right - free.left) / ROOMY));
    const scale = Math.max(Math.min(now, least), Math.min(now, parley.largestScale(box, free)));
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
  /* Show everything, `whole` also under the card. */
  parley.fit = (animate, whole) => frame([...parley.visibleNodes(), ...parley.visibleGroups()], animate, whole);
  /* Look at these nodes, or at a point of the picture. */
  parley.frame = (nodes, animate) => frame(nodes, animate, false);
  parley.look = (point, scale, animate) => move(scale, parley.centreFor(point, parley.freeRoom(false), scale), animate);
  parley.reveal = (animate) => {
    if (state.story !== null && state.selected === null && state.line === null && !state.path) {
      parley.showStep(animate);
      return;
    }
    const active = parley.active();
    if (!active) return;
    const nodes = parley.visibleNodes().filter((node) => active.has(node.id));
    const chosen = parley.nodes.get(state.selected);
    if (nodes.length) disclose(nodes, chosen ? chosen.at : null, animate);
  };
  /* Where a point of the picture is on the stage, in pixels. */
  parley.onStage = (point) => network.canvasToDOM(point);
  parley.zoom = (factor) => move(Math.min(4, Math.max(0.03, network.getScale() * factor)), network.getViewPosition(), true);

  function clicked(event) {
    if (event.event.tapCount > 1) return;
    const at = event.pointer.canvas;
    const id = event.nodes[0] ?? parley.labelAt(at) ?? null;
    if (parley.groupAt(id)) parley.focusGroup(id);
    else if (id !== null) parley.select(id);
    else if (parley.lines.has(event.edges[0])) parley.selectLine(event.edges[0]);
    else if (event.edges.length) parley.tellTie(parley.tieAt(event.edges[0]));
    else if (state.selected !== null || state.line !== null) parley.leave();
    network.unselectAll();
  }
  /* Answer a click that came before anything could. */
  parley.clickAgain = () => {
    const at = parley.takeEarly();
    if (at === null) return;
    const found = (id) => (id === undefined ? [] : [id]);
    clicked({ event: { tapCount: 1 }, pointer: { canvas: network.DOMtoCanvas(at) }, nodes: found(network.getNodeAt(at)), edges: found(network.getEdgeAt(at)) });
  };
  function listen() {
    network.on("click", clicked);
    network.on("beforeDrawing", () => {
      now = frameOf();
    });
    network.on("afterDrawing", (context) => parley.drawLabels(context));
    network.once("afterDrawing", parley.leaveFirst);
    network.on("hoverNode", (event) => hover(event.node));
    network.on("blurNode", () => hover(null));
    network.on("hoverEdge", () => pointer(true));
    network.on("blurEdge", () => pointer(hovered !== null));
    for (const name of ["dragStart", "dragging", "dragEnd"]) network.on(name, (event) => parley.dragged(name, event.nodes.map((id) => [id, network.getPosition(id)])));
  }
  function pointer(on) {
    parley.byId("network").classList.toggle("pointed", on);
  }
  function hover(id) {
    hovered = id;
    pointer(id !== null);
    network.redraw();
  }
  /* Have vis-network tell of an event of its own: doubleClick, afterDrawing… */
  parley.onPicture = (name, listener) => network.on(name, listener);
  parley.startPicture = () => {
    nodeSet = new vis.DataSet();
    lineSet = new vis.DataSet();
    nodeView = new vis.DataView(nodeSet, { filter: (item) => (parley.groupAt(item.id) ? parley.isGroupVisible(item.id) : parley.isVisible(item.id)) });
    lineView = new vis.DataView(lineSet, { filter: (item) => !parley.lines.has(item.id) || parley.isLineDrawn(parley.lines.get(item.id)) });
    network = new vis.Network(parley.byId("network"), { nodes: nodeView, edges: lineView }, parley.options);
    listen();
    parley.startCarrying(network);
    network.body.emitter.emit("_blockRedraw");
  };
  /* Until everything is in its place nothing is drawn: of thousands of nodes every drawing takes a tenth of a second. */
  parley.drawPicture = () => {
    for (const wish of ["_allowRedraw", "_redraw"]) network.body.emitter.emit(wish);
  };
  /* Leave out what is no longer in the picture, when the window's shape gave everybody another seat. */
  parley.restart = () => {
    nodeSet.clear();
    lineSet.clear();
    told.nodes.clear();
    told.lines.clear();
    parley.refresh();
  };
})(window.parley);
