/* All shortest chains between two entities over what the page holds, by the rules of the API: over what the sources say is so, and nothing else. */
(function (parley) {
  "use strict";
  const MOST_STEPS = 8;
  const MOST_CHAINS = 25;
  const { closed, apart, planned } = parley.page.paths;
  const isClosed = (id) => closed.includes(parley.entities.get(id).kind);
  /* Entities at which no chain starts or ends: documents, and what somebody says. */
  parley.isApart = (id) => apart.includes(parley.entities.get(id).kind);

  function steps() {
    const around = new Map();
    const refused = new Set([...planned, ...parley.page.paths.planned]);
    const date = parley.state.date;
    const holds = (thing) => !date || !parley.holdsAt || !thing || parley.holdsAt(thing, date);
    for (const [id, one] of parley.relationships) {
      if (one.polarity || refused.has(id) || !parley.entities.has(one.from) || !parley.entities.has(one.to)) continue;
      if (![one, parley.nodes.get(one.from), parley.nodes.get(one.to)].every(holds)) continue;
      for (const [from, to] of [[one.from, one.to], [one.to, one.from]]) {
        if (!around.has(from)) around.set(from, []);
        around.get(from).push({ id, from, to, outgoing: from === one.from });
      }
    }
    return around;
  }
  /* How many steps each entity is away from `from`, as far as `to`. */
  function distances(around, from, to) {
    const away = new Map([[from, 0]]);
    let edge = [from];
    for (let distance = 1; edge.length && distance <= MOST_STEPS && !away.has(to); distance += 1) {
      const next = [];
      for (const one of edge) {
        for (const step of around.get(one) || []) {
          if (away.has(step.to) || (step.to !== to && isClosed(step.to))) continue;
          away.set(step.to, distance);
          next.push(step.to);
        }
      }
      edge = next;
    }
    return away;
  }
  /* Chains as lists of {id, from, to, outgoing}, in order of the ids of their relationships. */
  function chainsTo(around, away, from, to) {
    const chains = [];
    const walk = (at, chain) => {
      if (chains.length > MOST_CHAINS * 40) return;
      if (at === from) chains.push(chain);
      else for (const step of around.get(at) || []) if (away.get(step.to) === away.get(at) - 1) walk(step.to, [{ id: step.id, from: step.to, to: at, outgoing: !step.outgoing }, ...chain]);
    };
    walk(to, []);
    const ordered = (one, other) => {
      const place = one.findIndex((step, at) => step.id !== other[at].id);
      return place < 0 ? 0 : one[place].id < other[place].id ? -1 : 1;
    };
    return chains.sort(ordered);
  }
  function told(step) {
    const one = parley.relationships.get(step.id);
    const named = (id) => ({ id, name: parley.nameOf(id) });
    return { relationship: { id: step.id, outgoing: step.outgoing }, from: named(step.from), to: named(step.to), words: step.outgoing ? one.forward : one.backward, evidence: one.evidence || [] };
  }
  /* In the shape of the API's answer: {paths: [{steps}], truncated}. */
  parley.findChains = (from, to) => {
    if (parley.isApart(from) || parley.isApart(to)) return { paths: [], truncated: false };
    const around = steps();
    const away = distances(around, from, to);
    const chains = away.has(to) ? chainsTo(around, away, from, to) : [];
    return { paths: chains.slice(0, MOST_CHAINS).map((chain) => ({ steps: chain.map(told) })), truncated: chains.length > MOST_CHAINS };
  };
  parley.mostSteps = MOST_STEPS;
})(window.parley);
