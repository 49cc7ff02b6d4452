/* Brings in what an entity is tied to: first what the page holds, then what the service has. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const MOST = 40;
  const ROUNDS = 5;
  const cursors = new Map();
  /* By entity, how many of its relationships the service has sent, of how many. */
  const sent = new Map();
  const asking = new Set();

  const unseen = (id) => [...new Set(parley.neighbours(id))].filter((other) => other !== id && !state.present.has(other) && !state.hidden.has(other));
  const ties = (id, other) => parley.linesOf.get(id).filter((line) => line.from === other || line.to === other);
  /* Whether a neighbour and a line to it are there on the chosen day. */
  const isThere = (id, other) => !state.date || (parley.holdsAt(parley.nodes.get(other), state.date) && ties(id, other).some((line) => parley.holdsAt(line, state.date)));
  const waiting = (id) => unseen(id).filter((other) => isThere(id, other));
  const heaviest = (ids) => ids.sort((a, b) => parley.nodes.get(b).weight - parley.nodes.get(a).weight || (a < b ? -1 : 1)).slice(0, MOST);
  function apartInWords(id) {
    const count = unseen(id).length - waiting(id).length;
    return count ? ` ${count} more ${count === 1 ? "is" : "are"} not there on ${parley.dayInWords(state.date)}.` : "";
  }
  function sentInWords(id) {
    const { count, total } = sent.get(id) || {};
    return total ? ` The service has sent ${count} of its ${total.toLocaleString("en")} relationships.` : "";
  }
  const goOn = (id, word) => [[word, () => parley.expand(id)]];
  const anyDay = (id) => (apartInWords(id) ? [["All dates", () => parley.act("All dates", () => (state.date = ""))]] : []);
  /* How many of its neighbours the page holds and does not show, though they are there on the chosen day. */
  parley.waitingAround = (id) => waiting(id).length;

  function bringIn(id, ids) {
    parley.act(`Expand ${parley.nameOf(id)}`, () => {
      parley.show([id, ...ids]);
      if (state.only.size) state.only.add(id);
      if (state.selected !== id) parley.select(id);
    });
    const filtered = ids.filter((other) => !parley.isVisible(other)).length;
    return filtered ? ` ${filtered} of them are filtered out.` : "";
  }
  function expandFromPage(id) {
    const all = waiting(id);
    const ids = heaviest(all.slice());
    const aside = bringIn(id, ids) + apartInWords(id) + sentInWords(id);
    const name = parley.nameOf(id);
    const isMore = sent.has(id) && !done(id);
    if (all.length > ids.length) parley.tell([`${ids.length} of ${all.length} more around ${name} brought in.${aside}`], goOn(id, `${Math.min(MOST, all.length - ids.length)} more`));
    else if (isMore || apartInWords(id)) parley.tell([`${ids.length} brought in around ${name}.${aside}`], [...(isMore ? goOn(id, "More") : []), ...anyDay(id)]);
    else parley.announce(`${ids.length} brought in around ${name}.${aside}`);
    parley.reveal(true);
  }
  const done = (id) => cursors.get(id) === "end";
  /* Pages of neighbours until one brings something to show, five at most. */
  async function fetchMore(id) {
    for (let round = 0; round < ROUNDS && !done(id) && !waiting(id).length; round += 1) {
      const part = await parley.askPart(id, cursors.get(id) || "");
      cursors.set(id, part.next || "end");
      sent.set(id, { count: (sent.get(id) || { count: 0 }).count + part.sent, total: part.total });
    }
  }
  async function expandFromService(id) {
    if (asking.has(id)) return;
    asking.add(id);
    parley.announce(`Asking the service for more around ${parley.nameOf(id)}…`);
    try {
      await fetchMore(id);
    } catch (error) {
      parley.tell([`Nothing was brought in around ${parley.nameOf(id)}. ${error.message}`], [["Try again", () => parley.expand(id)]]);
      return;
    } finally {
      asking.delete(id);
    }
    parley.together(() => ["present", "selection"].forEach(parley.changed));
    if (waiting(id).length) expandFromPage(id);
    else if (done(id)) tellAll(id);
    else parley.tell([`The next pages around ${parley.nameOf(id)} hold nothing to draw.${apartInWords(id)}${sentInWords(id)}`], [...goOn(id, "Look further"), ...anyDay(id)]);
  }
  function tellAll(id) {
    const where = parley.page.live ? "is shown: the service holds no more." : "that this file holds is shown. More needs the service.";
    const what = apartInWords(id) ? `Everything around ${parley.nameOf(id)} that was there on ${parley.dayInWords(state.date)}` : `Everything around ${parley.nameOf(id)}`;
    parley.tell([`${what} ${where}${apartInWords(id)}`], anyDay(id));
  }
  parley.expand = (id) => {
    if (!parley.nodes.has(id)) return undefined;
    if (waiting(id).length) return expandFromPage(id);
    if (parley.page.live && !done(id)) return expandFromService(id);
    return tellAll(id);
  };
  /* Bring in an entity that the page does not hold, with its first neighbours as what it could show; returns whether it came. */
  parley.open = async (id) => {
    if (!parley.entities.has(id)) await parley.askPart(id, "");
    parley.select(id);
    return parley.entities.has(id);
  };
  /* Ask the service for what a link names and the page does not hold; returns whether anything came. */
  parley.fetchLost = async (lost) => {
    const ids = [...new Set(lost.filter((one) => ["node", "show", "only", "hide"].includes(one.part)).map((one) => one.text))].filter((id) => !parley.entities.has(id));
    const wanted = parley.page.live ? ids.filter((id) => /^[a-z0-9-]{1,120}$/.test(id)).slice(0, MOST) : [];
    for (const id of wanted) {
      try {
        await parley.askPart(id, "");
      } catch (error) {
        if (!error.status) break;
      }
    }
    return wanted.some((id) => parley.entities.has(id));
  };
  parley.startExpand = () => {
    let clicked = null;
    parley.onPicture("click", (event) => {
      if (event.event.tapCount <= 1) clicked = state.selected;
    });
    parley.onPicture("doubleClick", () => {
      if (clicked !== null && parley.nodes.has(clicked)) parley.expand(clicked);
    });
  };
})(window.parley);
