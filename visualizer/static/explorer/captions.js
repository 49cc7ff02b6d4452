/* Words in a saved picture: those on the lines that stand out, the key to colours and lines, and what it rests on. */
(function (parley) {
  "use strict";
  const { svg, colour } = parley;
  const SIZE = 12;
  const ROW = 19;
  const measure = document.createElement("canvas").getContext("2d");
  const wide = (text, size, weight) => {
    measure.font = `${weight} ${size}px ${parley.label.font}`;
    return measure.measureText(text).width;
  };

  /* Pieces of a text that are no wider than this. */
  function broken(text, width) {
    const rows = [""];
    for (const word of text.split(" ")) {
      const longer = `${rows[rows.length - 1]} ${word}`.trim();
      if (rows[rows.length - 1] && wide(longer, SIZE, 400) > width) rows.push(word);
      else rows[rows.length - 1] = longer;
    }
    return rows;
  }
  /* Words stand on a line where they cover no label, no glyph and no other words; where there is no room, the line goes without. Gives what is drawn, and the boxes. */
  parley.drawnWords = (lines, nodes) => {
    const taken = nodes.map((node) => parley.boxAt(node, node.at.x, node.at.y));
    const often = (caption) => lines.filter((line) => line.caption === caption).length > 3;
    const plates = lines.filter((line) => !often(line.caption)).map((line) => plate(line, taken));
    return { drawn: svg("g", {}, ...plates), boxes: taken.slice(nodes.length) };
  };
  function plate(line, taken) {
    const half = wide(line.caption, 11.5, 500) / 2 + 4;
    for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73]) {
      const at = parley.pointOn(line, t);
      const box = { left: at.x - half, right: at.x + half, top: at.y - 9.5, bottom: at.y + 9.5 };
      if (taken.some((other) => parley.overlap(box, other))) continue;
      taken.push(box);
      const back = svg("rect", { x: box.left.toFixed(2), y: box.top.toFixed(2), width: (2 * half).toFixed(2), height: 19, rx: 4, fill: colour("ground"), opacity: 0.94 });
      return svg("g", {}, back, svg("text", { x: at.x.toFixed(2), y: (at.y + 4).toFixed(2), fill: colour("accent"), "font-size": 11.5, "font-weight": 500, "text-anchor": "middle", text: line.caption }));
    }
    return null;
  }
  function entries(nodes, lines) {
    const seen = new Set(nodes.map((node) => node.colour));
    const drawn = new Set(lines.map((line) => line.family));
    const dot = (name) => svg("circle", { cx: 6, cy: -4, r: 6, fill: colour(name) });
    const stroke = (name, dashes) => svg("path", { d: "M0 -4H18", stroke: colour(name), "stroke-width": 2.4, "stroke-dasharray": dashes });
    return [
      ...parley.page.sides.filter((side) => seen.has(side.id)).map((side) => [dot(side.id), 18, side.name]),
      ...parley.page.families.filter((family) => drawn.has(family.id)).map((family) => [stroke(`line-${family.id}`, null), 24, family.name]),
      ...(lines.some((line) => line.dashes) ? [[stroke("muted", "6 5"), 24, "only announced or pending"]] : []),
    ];
  }
  /* Key and caption in a width: {drawn, width, height, caption}. */
  parley.drawnFoot = (nodes, lines, width) => {
    const caption = parley.captionOf(parley.shownGraph());
    const drawn = svg("g", {});
    let [x, y, most] = [0, SIZE, 0];
    for (const [mark, room, text] of entries(nodes, lines)) {
      const needs = room + wide(text, SIZE, 400);
      if (x > 0 && x + needs > width) [x, y] = [0, y + ROW];
      drawn.append(svg("g", { transform: `translate(${x.toFixed(2)} ${y})` }, mark, svg("text", { x: room, fill: colour("ink"), "font-size": SIZE, text })));
      most = Math.max(most, x + needs);
      x += needs + 18;
    }
    for (const text of broken(caption, width)) {
      y += x > 0 ? ROW + 4 : 0;
      x = 1;
      drawn.append(svg("text", { y, fill: colour("muted"), "font-size": SIZE, text }));
      most = Math.max(most, wide(text, SIZE, 400));
    }
    return { drawn, width: most, height: y + 4, caption };
  };
})(window.parley);
