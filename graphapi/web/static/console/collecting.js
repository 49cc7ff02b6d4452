/* Tells the forms of values apart (docs/cypher.md has the table) and finds the nodes and relationships of an answer, however deep. */
(function (parley) {
  "use strict";
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isText = (value) => typeof value === "string";
  const hasKey = (value) => isText(value.id) || isText(value.elementId);
  const end = (value) => value === null || isText(value);

  parley.isNode = (value) => isMap(value) && Array.isArray(value.labels) && value.labels.every(isText) && isMap(value.properties) && hasKey(value);
  parley.isRelationship = (value) => isMap(value) && isText(value.type) && isMap(value.properties) && hasKey(value) && end(value.from) && end(value.to) && "from" in value;
  parley.isPath = (value) => isMap(value) && Object.keys(value).length === 2 && Array.isArray(value.nodes) && Array.isArray(value.relationships) && value.nodes.every(parley.isNode) && value.relationships.every(parley.isRelationship);
  parley.keyOf = (value) => value.id || value.elementId;
  /* The kind of a value as the header of a query file names it. */
  parley.typeOf = (value) => {
    if (parley.isNode(value)) return "node";
    if (parley.isRelationship(value)) return "relationship";
    if (parley.isPath(value)) return "path";
    if (Array.isArray(value)) return value.every(isText) ? "texts" : "list";
    if (isMap(value)) return "map";
    if (typeof value === "bigint") return "integer";
    if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
    if (typeof value === "boolean") return "boolean";
    return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? "date" : "text";
  };
  /* {nodes: Map, relationships: Map, strangers: ids of ends that the answer does not hold}. */
  parley.collect = (rows) => {
    const found = { nodes: new Map(), relationships: new Map(), strangers: new Set() };
    const waiting = [rows];
    while (waiting.length) {
      const value = waiting.pop();
      if (parley.isNode(value)) found.nodes.set(parley.keyOf(value), value);
      else if (parley.isRelationship(value)) found.relationships.set(parley.keyOf(value), value);
      else if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at -= 1) waiting.push(value[at]);
      else if (isMap(value)) waiting.push(...Object.values(value).reverse());
    }
    for (const one of found.relationships.values()) for (const id of [one.from, one.to]) if (id && !found.nodes.has(id)) found.strangers.add(id);
    return found;
  };
})(window.parley);
