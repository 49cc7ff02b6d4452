/* The card of an entity or of a line: what our sources say, in reading direction, each statement with its evidence. */
(function (parley) {
  "use strict";
  const FEW = 6;
  const card = parley.byId("card");
  const { element, said, button } = parley;

  const section = (title, ...content) => element("section", {}, element("h3", { text: title }), ...content);
  const mark = (text) => (text ? element("em", { class: "mark-word", text }) : null);
  function row(...content) {
    return element("div", { class: "statement" }, ...content);
  }
  function withEvidence(line, ids) {
    const chips = parley.evidenceOf(ids, line);
    if (chips) line.append(chips);
    return line;
  }
  function named(id) {
    const entity = parley.entities.get(id);
    if (!entity) return said(id);
    const node = parley.nodes.get(id);
    const waits = node && !parley.state.present.has(id);
    const label = element("span", { class: "named" }, parley.glyphOf(id), said(entity.name), waits ? element("small", { class: "plus", text: "+" }) : null);
    return button(label, () => parley.select(id), { class: "entity", title: waits ? "Show it in the picture" : null });
  }

  const notes = (one) => [...(one.withheld || []), ...(one.corrections || [])].map((text) => element("p", { class: "note" }, said(text)));
  function fact(one) {
    const line = row(element("span", { class: "label", text: one.name }), element("span", { class: "value" }, said(one.text), one.how ? element("small", { text: ` ${one.how}` }) : null));
    withEvidence(line, one.evidence);
    for (const other of one.others || []) line.append(withEvidence(row(element("span", { class: "label", text: "Also said" }), said(other.text, { class: "value" })), other.evidence));
    return line;
  }
  function relationship(id, self) {
    const one = parley.relationships.get(id);
    const other = one.from === self ? one.to : one.from;
    const words = (one.facts || []).map((item) => `${item.name.toLowerCase()}: ${item.text}`);
    const jointly = one.forward.startsWith("jointly ") ? "jointly" : "";
    const line = row(named(other), ...[jointly, ...words].filter(Boolean).map((text) => element("small", {}, said(text))), mark(one.certainty), mark(parley.heldOf(one)));
    if (one.note) line.append(element("p", { class: "note" }, said(one.note)));
    line.append(...notes(one));
    return withEvidence(line, one.evidence);
  }
  /* A long list shows its first rows and opens at a click. */
  function folded(rows) {
    if (rows.length <= FEW + 2) return rows;
    const rest = element("div", { hidden: true }, ...rows.slice(FEW));
    const more = button(`${rows.length - FEW} more`, () => {
      rest.hidden = false;
      more.remove();
    });
    more.className = "more";
    return [...rows.slice(0, FEW), more, rest];
  }
  /* Says how many of a list the chosen day leaves out. */
  const leftOut = (all, kept) => (all.length > kept.length ? [element("p", { class: "small", text: `${all.length - kept.length} not on this date` })] : []);
  function group(one, self) {
    const kept = parley.holding(one.items, parley.relationships, self);
    return [element("h4", {}, said(one.title), mark(one.mark)), ...folded(kept.map((id) => relationship(id, self))), ...leftOut(one.items, kept)];
  }

  function claim(id, self) {
    const one = parley.claims.get(id);
    const who = (one.who || []).filter((other) => other !== self);
    const about = [one.channel, one.date].filter(Boolean).join(", ");
    const line = element("div", { class: `claim edge-${one.side}` });
    if (who.length) line.append(element("p", { class: "who" }, ...who.map(named), one.position ? element("small", { text: "holds" }) : ""));
    line.append(element("p", {}, said(one.summary)));
    const quote = parley.quotation({ ...one, who: [], of: [] });
    if (quote) line.append(quote);
    if (one.figure) line.append(element("p", {}, said(one.figure)));
    if ((one.of || []).length) line.append(element("p", { class: "small" }, "puts words in the mouth of ", ...one.of.map((other) => said(parley.nameOf(other)))));
    const according = accordingTo(one);
    if (about || according) line.append(element("p", { class: "small" }, [about, according].filter(Boolean).join(" · ")));
    for (const word of [one.certainty, parley.heldOf(parley.entities.get(id))]) if (word) line.append(mark(word));
    return withEvidence(line, one.evidence);
  }
  function accordingTo(one) {
    const sources = new Set((one.evidence || []).map((id) => (parley.evidence.get(id) || {}).source).filter(Boolean));
    return sources.size ? `according to ${[...sources].map(parley.nameOf).join(", ")}` : "";
  }
  function dispute(id, self) {
    const one = parley.disputes.get(id);
    const kept = (account) => parley.holding(account.claims, parley.entities, self);
    const accounts = one.accounts.map((account) =>
      element(
        "div",
        { class: `account edge-${account.side}` },
        element("h5", {}, said(account.name)),
        ...kept(account).map((other) => claim(other, null)),
        ...(account.claims.length ? leftOut(account.claims, kept(account)) : [element("p", { class: "silent", text: "Our sources show nothing said on it." })]),
      ),
    );
    const question = id === self ? element("p", { class: "question" }, said(one.question)) : element("p", { class: "question" }, button(said(one.question), () => parley.select(id), { class: "plain" }));
    const box = element("div", { class: "dispute" }, question, element("p", { class: "small", text: one.kind }), element("div", { class: "accounts" }, ...accounts));
    if (one.settled) box.append(element("p", {}, "Settled by: ", said(one.settled)));
    if (one.note) box.append(element("p", { class: "note" }, said(one.note)));
    return withEvidence(box, one.evidence);
  }

  /* Whether anybody had spoken on a question by the chosen day. */
  function isOpen(id, self) {
    const claims = parley.disputes.get(id).accounts.flatMap((account) => account.claims);
    return !claims.length || parley.holding(claims, parley.entities, self).length > 0;
  }
  const sideName = (entity) => (entity.side ? (parley.sides.get(entity.side) || {}).name : "");
  function head(title, words, glyph) {
    const close = button("×", () => parley.leave(), { class: "close", "aria-label": "Close the card" });
    return element("div", { class: "head" }, element("p", { class: "tag" }, glyph, words), close, element("h2", {}, said(title)));
  }
  function ofEntity(id) {
    const entity = parley.entities.get(id);
    const kind = parley.kinds.get(entity.kind);
    const sort = entity.sort && entity.sort.toLowerCase() !== entity.kind.toLowerCase() ? entity.sort : "";
    const words = [entity.kind, sort, sideName(entity)].filter(Boolean).join(" · ");
    const parts = [head(entity.name, words, parley.glyphOf(id))];
    if (entity.caption && entity.caption !== entity.name) parts.push(element("p", { class: "caption" }, said(entity.caption)));
    const deeds = parley.deedsOf(id);
    if (deeds) parts.push(deeds);
    if (entity.status) parts.push(element("p", { class: "small", text: entity.status }));
    for (const word of [entity.certainty, parley.heldOf(entity)]) if (word) parts.push(mark(word));
    parts.push(...notes(entity));
    const speech = (kind && kind.id === "Dispute" ? [] : entity.speech || []).map((one) => {
      const kept = parley.holding(one.items, parley.entities, id);
      return section(one.title, ...folded(kept.map((item) => claim(item, id))), ...leftOut(one.items, kept));
    });
    const speaks = parley.claims.has(id);
    if (speaks) parts.push(...speech);
    if (entity.facts) parts.push(section("Facts", ...entity.facts.map(fact)));
    if (entity.note) parts.push(element("p", { class: "note" }, said(entity.note)));
    const disputes = (entity.disputes || []).filter((one) => one === id || isOpen(one, id));
    if (disputes.length) parts.push(section("Accounts that differ", ...disputes.map((one) => dispute(one, id))));
    const groups = (entity.groups || []).flatMap((one) => group(one, id));
    if (groups.length) parts.push(section("Relationships", ...groups));
    if (!speaks) parts.push(...speech);
    parts.push(...foot(id, entity));
    return parts;
  }
  function foot(id, entity) {
    const parts = [];
    if (entity.aliases) parts.push(section("Also called", element("p", {}, said(entity.aliases.join(", ")))));
    if (entity.evidence) parts.push(section("Evidence", withEvidence(element("div", { class: "statement all" }), entity.evidence)));
    const links = [];
    if (entity.url) links.push(parley.link(entity.url, "Its own page"));
    if (parley.page.live && entity.kind !== "Source") links.push(element("a", { href: `${parley.page.live}/entities/${encodeURIComponent(id)}${parley.moment() ? `?as_of=${encodeURIComponent(parley.moment())}` : ""}`, rel: "noopener noreferrer", referrerpolicy: "no-referrer", text: "JSON" }));
    if (links.length) parts.push(element("p", { class: "links" }, ...links));
    return parts;
  }
  function ofLine(id) {
    const line = parley.lines.get(id);
    const family = parley.page.families.find((one) => one.id === line.family);
    const parts = [head(`${parley.nameOf(line.from)} – ${parley.nameOf(line.to)}`, [family ? family.name : "", line.dashes ? "only announced or pending" : ""].filter(Boolean).join(" · "), null)];
    for (const part of line.parts) parts.push(sentence(part));
    return parts;
  }
  function sentence(id) {
    const one = parley.relationships.get(id);
    if (!one) return row(said(id));
    const box = element("section", { class: "sentence" }, named(one.from), element("p", { class: "verb" }, said(one.forward), mark(one.polarity === "tentative" ? "only announced or pending" : ""), mark(one.certainty), mark(parley.heldOf(one))), named(one.to));
    box.append(...(one.facts || []).map(fact));
    if (one.note) box.append(element("p", { class: "note" }, said(one.note)));
    box.append(...notes(one));
    const line = element("div", { class: "statement" }, element("span", { class: "label", text: "Evidence" }));
    if (one.evidence) box.append(withEvidence(line, one.evidence));
    return box;
  }
  parley.updateCard = () => {
    const { selected, line } = parley.state;
    if (selected === null && line === null && card.contains(document.activeElement)) parley.home().focus();
    card.hidden = selected === null && line === null;
    if (card.hidden) return card.replaceChildren();
    card.replaceChildren(...(line !== null ? ofLine(line) : ofEntity(selected)));
    card.scrollTop = 0;
    return undefined;
  };
})(window.parley);
