/* The words of the graph, asked of the service once; and how a text of Cypher is cut. */
(function (parley) {
  "use strict";
  const PIECE = /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^'\\]|\\[\s\S])*(?:'|$)|"(?:[^"\\]|\\[\s\S])*(?:"|$))|(`(?:[^`]|``)*(?:`|$))|(\$(?:`(?:[^`]|``)+`|\w+))|([\p{L}_][\p{L}\p{N}_]*)|([\s\S])/gu;
  const KINDS = ["comment", "string", "quoted", "parameter", "word", "mark"];
  parley.words = null;

  /* Pieces of a text: {kind, text, start}. */
  parley.cut = (text) => [...text.matchAll(PIECE)].map((found) => ({ kind: KINDS[found.slice(1).findIndex((part) => part !== undefined)], text: found[0], start: found.index }));
  parley.bare = (text) => (text.startsWith("`") ? text.slice(1, -1).replaceAll("``", "`") : text);
  /* Names of the parameters that a text uses, in order. */
  parley.namesIn = (text) => [...new Set(parley.cut(text).filter((piece) => piece.kind === "parameter").map((piece) => parley.bare(piece.text.slice(1))))];

  async function ask(path) {
    const answer = await fetch(parley.page.live + path, { headers: { Accept: "application/json" }, credentials: "omit" });
    return answer.ok ? answer.json() : null;
  }
  /* Ask for the words and for the sides; without them the page works, with fewer suggestions and plainer colours. */
  parley.learnWords = async () => {
    try {
      const [words, datasets] = await Promise.all([ask("/cypher/schema"), ask("/datasets")]);
      parley.words = words;
      if (datasets) parley.learnSides(datasets.items);
    } catch {
      parley.words = null;
    }
    document.body.dataset.words = parley.words ? "yes" : "none";
    if (!parley.words) parley.announce("The service did not give its list of labels and types, so the editor suggests only words of the language.");
  };
})(window.parley);
