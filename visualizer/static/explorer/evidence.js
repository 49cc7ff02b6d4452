/* From any statement to its place in a source, one click away. */
(function (parley) {
  "use strict";
  function sourceLine(id) {
    const source = parley.sources.get(id) || {};
    const name = parley.nameOf(id);
    const words = [source.kind, source.date, source.grade].filter(Boolean).join(", ");
    const line = parley.element("p", { class: "source" }, source.url ? parley.link(source.url, name) : parley.said(name));
    if (words) line.append(parley.element("small", { text: ` ${words}` }));
    for (const other of source.through || []) line.append(parley.element("small", {}, " known through ", parley.said(parley.nameOf(other))));
    return line;
  }
  /* A quotation in marks, with who is printed as saying it. */
  parley.quotation = (claim) => {
    if (!claim || !claim.quote) return null;
    const who = [...(claim.of || []), ...(claim.who || [])].map(parley.nameOf).join(", ");
    return parley.element("blockquote", {}, parley.said(`“${claim.quote}”`), who ? parley.element("footer", {}, parley.said(who)) : null);
  };
  function block(id) {
    const place = parley.evidence.get(id);
    if (!place) return parley.element("div", { class: "evidence" }, parley.said(id));
    const where = parley.entities.has(place.source) ? sourceLine(place.source) : parley.element("p", { class: "source" }, parley.said(place.source));
    return parley.element(
      "div",
      { class: "evidence" },
      where,
      parley.element("p", {}, place.place ? parley.element("b", { text: `${place.place}: ` }) : null, place.summary ? parley.said(place.summary) : "no summary"),
      ...(place.quotes || []).map((claim) => parley.quotation(parley.claims.get(claim))),
    );
  }
  const sourceOf = (id) => (parley.evidence.get(id) || {}).source || id.split(":")[0];
  const LONGEST = 20;
  /* A name for a button: letters by which it goes where it is long, else its first words. */
  function brief(name, aliases) {
    if (name.length <= LONGEST) return name;
    const letters = (aliases || []).find((alias) => /^\p{Lu}{2,8}$/u.test(alias));
    if (letters) return letters;
    const words = name.split(" ");
    while (words.length > 1 && (words.join(" ").length > LONGEST || /^(?:of|the|and|for|in|on|&)$/.test(words[words.length - 1]))) words.pop();
    return words.join(" ").slice(0, LONGEST);
  }
  const words = (id) => id.split("-").slice(0, 3).join(" ");
  /* A source in a word or two: who published it, else the first words of its id. */
  function briefly(id) {
    const [publisher] = (parley.sources.get(id) || {}).publisher || [];
    const known = parley.entities.get(publisher);
    return known ? brief(known.name, known.aliases) : words(id);
  }
  /* The word for each source of a row; where two would have the same, the words of their ids. */
  function named(ids) {
    const sources = [...new Set(ids.map(sourceOf))];
    const often = (word) => sources.filter((other) => briefly(other) === word).length > 1;
    return new Map(sources.map((id) => [id, often(briefly(id)) ? words(id) : briefly(id)]));
  }
  /* Buttons for places of evidence; each opens and closes its block at the end of `row`. Where one follows another of the same source, it goes without its name. */
  parley.evidenceOf = (ids, row) => {
    if (!ids || !ids.length) return null;
    const names = named(ids);
    const leads = (at) => at === 0 || sourceOf(ids[at]) !== sourceOf(ids[at - 1]);
    return parley.element("span", { class: "places" }, ...ids.map((id, at) => chip(id, row, leads(at) ? names.get(sourceOf(id)) : "")));
  };
  function chip(id, row, name) {
    const place = parley.evidence.get(id) || {};
    const source = parley.nameOf(sourceOf(id));
    let opened = null;
    const inside = name ? [parley.said(name), place.mark ? " " : "", place.mark || ""] : [place.mark || "source"];
    const button = parley.button(parley.element("span", {}, ...inside), () => {
      if (opened) opened.remove();
      opened = opened ? null : block(id);
      if (opened) row.append(opened);
      button.setAttribute("aria-expanded", String(Boolean(opened)));
    });
    button.className = "chip";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", `Evidence: ${source}${place.place ? `, ${place.place}` : ""}`);
    button.title = source;
    return button;
  }
})(window.parley);
