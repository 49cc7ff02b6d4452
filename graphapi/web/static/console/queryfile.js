/* A query as a file of the catalogue: a header in YAML, in comments, above the text. */
(function (parley) {
  "use strict";
  /* As the catalogue finds parameters: in every line that does not begin with //. */
  const USED = /\$(?:`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*))/g;
  const AS_OF = "as_of";
  /* JSON is YAML as well, once nothing unprintable stands in it bare. */
  const scalar = (value) => parley.exactText(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const words = (text) => scalar(text.toWellFormed());
  const isSpan = (value) => value !== null && typeof value === "object" && Object.keys(value).sort().join() === "earliest,latest";
  const isDay = (value) => typeof value === "string" && /^\d{4}(-\d\d(-\d\d)?)?$/.test(value);

  function parameterType(value) {
    if (isSpan(value)) return "date";
    if (Array.isArray(value)) return "texts";
    const type = parley.typeOf(value);
    return ["integer", "boolean"].includes(type) ? type : "text";
  }
  function parameter(name, value) {
    const type = parameterType(value);
    const example = type === "date" && (isDay(value.earliest) || value.earliest === null) ? value.earliest : value;
    const known = example === null ? "default: null" : `example: ${scalar(example)}`;
    return `  ${words(name)}: {type: ${type}, description: ${words(`The value of ${name}`)}, ${known}}`;
  }
  function column(name, rows, place) {
    const values = rows.map((row) => row[place]).filter((value) => value !== null);
    const types = new Set(values.map(parley.typeOf));
    const type = types.size === 1 ? [...types][0] : types.size === 2 && types.has("integer") && types.has("number") ? "number" : types.size === 2 && types.has("texts") && types.has("list") ? "list" : "text";
    return `  ${words(name)}: {type: ${type}, description: ${words(`The column ${name}`)}}`;
  }
  const fileName = (title) => `${title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "query"}.cypher`;
  const usedIn = (text) => [...new Set(text.split("\n").filter((line) => !line.startsWith("//")).flatMap((line) => [...line.matchAll(USED)].map((found) => found[1] || found[2])))];

  /* {name, text}, or {fault}: what is missing. The columns are those of the last answer, which must be this query's. */
  parley.queryFile = (title, description) => {
    const query = parley.editorText();
    if (!title) return { fault: "Give it a title: what does it ask?" };
    if (!description) return { fault: "Give it a description: what does the answer hold?" };
    if (!parley.last || parley.last.query !== query) return { fault: "Run the query first: the file names the columns of its answer." };
    const used = usedIn(query);
    const values = parley.parseExact(parley.last.parameters);
    const declared = used.filter((name) => name !== AS_OF).map((name) => parameter(name, values[name] === undefined ? null : values[name]));
    const { columns, rows } = parley.last.body;
    const head = [`title: ${words(title)}`, `description: ${words(description)}`];
    if (!used.includes(AS_OF)) head.push("timeless: true");
    head.push(...(declared.length ? ["parameters:", ...declared] : ["parameters: {}"]), "returns:", ...columns.map((name, place) => column(name, rows, place)));
    const text = query.replace(/\s+$/, "");
    return { name: fileName(title), text: `${head.map((line) => `// ${line}\n`).join("")}${text.startsWith("//") ? "\n" : ""}${text}\n` };
  };
})(window.parley);
