/* What may stand at the cursor: labels, types, properties, parameters, procedures and functions, by what stands before it. */
(function (parley) {
  "use strict";
  const WORDS = ("MATCH,OPTIONAL MATCH,WHERE,RETURN,RETURN DISTINCT,WITH,UNWIND,CALL,YIELD,ORDER BY,LIMIT,SKIP,UNION,UNION ALL,AS,AND,OR,NOT,IN,IS NULL,IS NOT NULL," +
    "STARTS WITH,ENDS WITH,CONTAINS,CASE,WHEN,THEN,ELSE,END,DISTINCT,EXISTS,COUNT,COLLECT,DESC,ASC,SHORTEST,SHOW INDEXES,SHOW CONSTRAINTS,true,false,null").split(",");
  const CLOSING = { ")": "(", "]": "[", "}": "{" };
  const plain = /^[\p{L}_][\p{L}\p{N}_]*$/u;
  const quoted = (name) => (plain.test(name) ? name : `\`${name.replaceAll("`", "``")}\``);

  /* The brackets that are open at the end of some pieces, the innermost last, each with its place among them. */
  function opened(pieces) {
    const open = [];
    pieces.forEach(({ kind, text }, at) => {
      if (kind !== "mark") return;
      if ("([{".includes(text)) open.push({ text, at });
      else if (CLOSING[text]) while (open.length && open.pop().text !== CLOSING[text]);
    });
    return open;
  }
  const solid = (pieces) => pieces.filter((piece) => piece.kind !== "comment" && piece.text.trim() !== "");
  const isName = (piece) => piece !== undefined && (piece.kind === "word" || piece.kind === "quoted");
  /* Labels or types that a pattern gives after a colon, from a place on. */
  function namesAfterColon(pieces, from) {
    const names = [];
    for (let at = from; at < pieces.length && (isName(pieces[at]) || ":|&!%".includes(pieces[at].text)); at += 1) if (isName(pieces[at])) names.push(parley.bare(pieces[at].text));
    return names;
  }
  /* What a variable was declared as anywhere in the text: names of labels and types. */
  function declared(pieces, name) {
    const names = [];
    pieces.forEach((piece, at) => {
      const declares = isName(piece) && parley.bare(piece.text) === name && "([".includes((pieces[at - 1] || {}).text || "?") && (pieces[at + 1] || {}).text === ":";
      if (declares) names.push(...namesAfterColon(pieces, at + 2));
    });
    return names;
  }
  function properties(names) {
    const { labels, relationship_types: types, property_keys: keys } = parley.words;
    const known = [...labels, ...types].filter((one) => names.includes(one.name)).flatMap((one) => one.properties.map((key) => ({ key, of: one.name })));
    const found = known.length ? known : keys.map((key) => ({ key, of: "" }));
    return [...new Map(found.map((one) => [one.key, { label: one.key, apply: quoted(one.key), type: "property", detail: one.of }])).values()];
  }
  const labels = () => parley.words.labels.map((one) => ({ label: one.name, apply: quoted(one.name), type: "class", detail: one.in_graph ? "" : "not in this graph", info: one.description || undefined, boost: one.in_graph ? 1 : -1 }));
  const ends = (one) => one.ends.slice(0, 8).map((end) => `(:${end.from})-[:${one.name}]->(:${end.to})`).join("\n");
  const types = () => parley.words.relationship_types.map((one) => ({ label: one.name, apply: quoted(one.name), type: "type", detail: one.in_graph ? one.description : "not in this graph", info: ends(one) || undefined, boost: one.in_graph ? 1 : -1 }));
  const procedures = () => parley.words.procedures.map((name) => ({ label: name, apply: `${name}(`, type: "function", detail: "procedure" }));
  const functions = () => parley.words.functions.map((one) => ({ label: one.name, apply: `${one.name}(`, type: "function", info: one.description || undefined }));
  const language = () => WORDS.map((label) => ({ label, type: "keyword", boost: -2 }));
  const variables = (pieces) => [...new Set(pieces.filter((piece, at) => isName(piece) && "([".includes((pieces[at - 1] || {}).text || "?")).map((piece) => parley.bare(piece.text)))].map((label) => ({ label, apply: quoted(label), type: "variable", boost: 3 }));

  function afterColon(pieces) {
    const open = opened(pieces).at(-1);
    if (open && open.text === "{") return null;
    if (open && open.text === "[") return types();
    return open ? labels() : [...labels(), ...types()];
  }
  /* A key of a map in a pattern: (n:Label {key or [r:TYPE {key; null elsewhere. */
  function keyOfPattern(pieces) {
    const open = opened(pieces);
    const [outer, inner] = open.slice(-2);
    if (open.length < 2 || inner.text !== "{" || outer.text === "{") return null;
    const before = pieces.slice(outer.at + 1, inner.at);
    const colon = before.findIndex((piece) => piece.text === ":");
    return properties(colon < 0 ? [] : namesAfterColon(before, colon + 1));
  }
  /* {from, options} for the text before the cursor, or null. `after` is the rest, where variables may be declared too. */
  parley.suggest = (before, after, asked) => {
    const pieces = parley.cut(before);
    const last = pieces.at(-1);
    const isOpen = last && /^(comment|string)$/.test(last.kind) && !(last.kind === "string" && last.text.length > 1 && last.text.at(-1) === last.text[0]);
    if (isOpen && !(last.text.startsWith("/*") && last.text.endsWith("*/"))) return null;
    const parameter = /\$(\w*)$/.exec(before);
    if (parameter) return { from: before.length - parameter[1].length, options: [...new Set([...parley.namesIn(before + after), ...parley.knownParameters()])].filter((name) => name !== parameter[1]).map((name) => ({ label: name, apply: quoted(name), type: "variable", detail: "parameter" })) };
    const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before);
    const from = before.length - (word ? word[0].length : 0);
    const told = solid(parley.cut(before.slice(0, from)));
    const previous = told.at(-1);
    if (!parley.words) return word || asked ? { from, options: language() } : null;
    if (previous && ":|&!".includes(previous.text) && (previous.text === ":" || told.some((piece) => piece.text === ":"))) {
      const options = afterColon(told);
      if (options) return { from, options };
    }
    if (previous && previous.text === "." && isName(told.at(-2))) return dotted(before, from, told, after);
    if (previous && "{,".includes(previous.text)) {
      const options = keyOfPattern(told);
      if (options) return { from, options };
    }
    if (previous && /^call$/i.test(previous.text)) return { from, options: procedures() };
    return word || asked ? { from, options: [...variables(told), ...language(), ...functions()] } : null;
  };
  /* After a dot: a procedure, a function of a name space, or a property of what the variable was declared as. */
  function dotted(before, from, told, after) {
    const start = /[\p{L}\p{N}_.]*$/u.exec(before).index;
    const path = before.slice(start, from);
    const known = [...procedures(), ...functions()].filter((one) => one.label.toLowerCase().startsWith(path.toLowerCase()));
    if (known.length) return { from: start, options: known };
    return { from, options: properties(declared([...told, ...solid(parley.cut(after))], parley.bare(told.at(-2).text))) };
  }
})(window.parley);
