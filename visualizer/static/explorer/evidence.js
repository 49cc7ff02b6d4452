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
  /* Buttons for places of evidence; each opens and closes its block at the end of `row`. */
  parley.evidenceOf = (ids, row) => {
    if (!ids || !ids.length) return null;
    return parley.element("span", { class: "places" }, ...ids.map((id) => chip(id, row)));
  };
  function chip(id, row) {
    const place = parley.evidence.get(id) || {};
    const source = parley.nameOf(place.source || id.split(":")[0]);
    let opened = null;
    const button = parley.button(place.mark || "source", () => {
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
