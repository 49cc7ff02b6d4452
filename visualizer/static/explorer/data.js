/* What the page holds, read once from its JSON blocks; ids become keys of Maps, never of objects. */
(function (parley) {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const page = read("data-page");

  parley.options = read("data-options");
  parley.page = page;
  parley.nodes = new Map(read("data-nodes").map((node) => [node.id, node]));
  parley.lines = new Map(read("data-lines").map((line) => [line.id, line]));
  for (const name of ["entities", "relationships", "claims", "disputes", "evidence", "sources"]) {
    parley[name] = new Map(Object.entries(page[name]));
  }
  parley.kinds = new Map(page.kinds.map((kind) => [kind.id, kind]));
  parley.sides = new Map(page.sides.map((side) => [side.id, side]));
  parley.linesOf = new Map();
  for (const line of parley.lines.values()) {
    for (const end of new Set([line.from, line.to])) {
      if (!parley.linesOf.has(end)) parley.linesOf.set(end, []);
      parley.linesOf.get(end).push(line);
    }
  }
  parley.nameOf = (id) => (parley.entities.has(id) ? parley.entities.get(id).name : id);
  /* Ids that a node's lines lead to. */
  parley.neighbours = (id) => (parley.linesOf.get(id) || []).map((line) => (line.from === id ? line.to : line.from));
  /* Entities that relationships of any sort tie to this one, for those that are no node of the picture. */
  parley.concerned = (id) => {
    const found = new Set();
    for (const one of parley.relationships.values()) {
      if (one.from === id) found.add(one.to);
      if (one.to === id) found.add(one.from);
    }
    return [...found];
  };
})(window.parley);
