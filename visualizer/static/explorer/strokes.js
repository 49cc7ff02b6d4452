/* How lines look, and how they are drawn where vis-network is not there yet: at the same places, by its own rules. */
(function (parley) {
  "use strict";
  const state = parley.state;
  /* Dashes for what is only announced or pending, dots for what is not sure on the chosen day, both for what is both; a paler line
     could not be told from its ground. */
  parley.dashesOf = (line) => {
    if (parley.isLight(line)) return line.dashes ? [7, 3, 1, 4] : [1, 4];
    return line.dashes ? [6, 5] : false;
  };
  /* Of more lines than this each is thin and pale, and stays as it is while others stand out: to change all takes a second. */
  const MANY = 2500;
  const lineCount = parley.lines.size;
  const isMany = () => state.present.size > MANY / 2 && lineCount > MANY;
  const paleness = (active, on) => (on || isMany() || active === null ? 1 : 0.14);
  /* Colour, width, opacity and bend of a line; 0 is straight. */
  parley.lineLook = (line, active) => {
    const on = active !== null && parley.isLineActive(line);
    const bend = parley.bendOf(line);
    return {
      colour: parley.colour(on ? "accent" : `${isMany() ? "pale" : "line"}-${line.family}`),
      width: (on ? 2.4 : 1.5) * (on && state.present.size > MANY / 2 ? 2 : 1),
      opacity: paleness(active, on),
      dashes: parley.dashesOf(line),
      bend: Math.abs(bend) > 0.001 ? bend : 0,
    };
  };

  /* How far a line stays from the middle of a node: vis-network takes a custom shape for a square with a border of 1. */
  const border = (node, angle) => Math.min(Math.abs(node.size / Math.cos(angle)), Math.abs(node.size / Math.sin(angle))) + 1;
  const towards = (from, to) => Math.atan2(to.y - from.y, to.x - from.x);
  const at = (from, via, to, t) => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * via.x + t ** 2 * to.x,
    y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * via.y + t ** 2 * to.y,
  });
  /* Where a curve meets the border of its end, by halving as vis-network does: at most ten times, to a fifth of a pixel. */
  function curveEnd(from, via, node) {
    let [low, high] = [0, 1];
    for (let turn = 1; ; turn += 1) {
      const t = (low + high) / 2;
      const point = at(from, via, node.at, t);
      const over = border(node, towards(point, node.at)) - Math.hypot(point.x - node.at.x, point.y - node.at.y);
      if (Math.abs(over) < 0.2 || turn === 10) return { ...point, t };
      if (over < 0) low = t;
      else high = t;
    }
  }
  function straightEnd(from, node) {
    const angle = towards(from, node.at);
    const reach = border(node, angle);
    return { x: node.at.x - reach * Math.cos(angle), y: node.at.y - reach * Math.sin(angle), angle };
  }
  /* A line ready to be drawn: how it looks, the point by which it bends, its arrow's tip, and where it stops inside the arrow. */
  parley.strokeOf = (line, active, headed) => {
    const look = parley.lineLook(line, active);
    const [from, node] = [parley.nodes.get(line.from).at, parley.nodes.get(line.to)];
    const via = look.bend ? parley.viaOf(line) : null;
    const length = 15 * parley.options.edges.arrows.to.scaleFactor + 3 * look.width;
    if (!headed) return { ...look, line, from, via, end: node.at, tip: null, length };
    const tip = via ? curveEnd(from, via, node) : straightEnd(from, node);
    if (via) tip.angle = towards(at(from, via, node.at, tip.t - length / Math.hypot(from.x - node.at.x, from.y - node.at.y)), tip);
    const end = { x: tip.x - 0.9 * length * Math.cos(tip.angle), y: tip.y - 0.9 * length * Math.sin(tip.angle) };
    return { ...look, line, from, via, end, tip, length };
  };
  parley.drawStroke = (context, stroke) => {
    const { from, via, end } = stroke;
    context.globalAlpha = stroke.opacity;
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width;
    if (stroke.dashes) context.lineCap = "round";
    context.setLineDash(stroke.dashes || []);
    context.beginPath();
    context.moveTo(from.x, from.y);
    if (via) context.quadraticCurveTo(via.x, via.y, end.x, end.y);
    else context.lineTo(end.x, end.y);
    context.stroke();
  };
  const HEAD = [[-1, 0.3], [-0.9, 0], [-1, -0.3]];
  parley.drawHead = (context, { tip, length, colour, opacity }) => {
    const [cos, sin] = [Math.cos(tip.angle), Math.sin(tip.angle)];
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(tip.x, tip.y);
    for (const [x, y] of HEAD) context.lineTo(tip.x + length * (x * cos - y * sin), tip.y + length * (x * sin + y * cos));
    context.closePath();
    context.fill();
  };
})(window.parley);
