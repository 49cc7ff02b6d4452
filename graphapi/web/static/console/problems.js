/* What the service refuses, as sentences that say what to do. */
(function (parley) {
  "use strict";
  const DEEDS = {
    401: "Correct the key under “Key”, or remove it: reading needs none.",
    403: "Open this page from the service itself; if it is the key that may not do this, use another.",
    413: "Give shorter parameters.",
    429: "Run it again then.",
    503: "The service itself answers; run it again when its database does.",
    504: "Ask for less: name a label, give ids, add LIMIT, bound the length of paths such as *1..3. Explain shows what is costly.",
  };
  const sentence = (text) => (text && !/[.!?]$/.test(text) ? `${text}.` : text || "");

  /* A fault: {text, deed, rule, line, column, parameter}. `body` may be anything that JSON can be. */
  parley.faultOf = (status, body, retryAfter) => {
    const said = body && typeof body === "object" ? body : {};
    const text = sentence(String(said.detail || said.title || `The service refused with the status ${status}.`));
    const wait = retryAfter && /^\d+$/.test(retryAfter) ? ` It is free again in about ${retryAfter} s.` : "";
    return {
      text: text + (status === 429 || status === 503 ? wait : ""),
      deed: [sentence(String(said.hint || "")), DEEDS[status] || ""].filter(Boolean).join(" "),
      rule: typeof said.rule === "string" ? said.rule : "",
      line: Number.isInteger(said.line) ? said.line : 0,
      column: Number.isInteger(said.column) ? said.column : 0,
      parameter: typeof said.parameter === "string" ? said.parameter : "",
    };
  };
  parley.offline = () => ({ text: "The service does not answer.", deed: "It may be stopped, or the network down. Start it (parley serve), then run again; your query stays here.", rule: "", line: 0, column: 0, parameter: "" });
  parley.plainFault = (text, deed) => ({ text, deed, rule: "", line: 0, column: 0, parameter: "" });

  parley.showFault = (fault) => {
    const place = parley.byId("fault");
    place.replaceChildren();
    parley.markFault(null);
    if (!fault) return;
    const at = fault.line ? `Line ${fault.line}, column ${fault.column}: ` : "";
    const box = parley.element("div", { class: "refused" }, parley.element("strong", { text: parley.readable(at + fault.text) }), " ", parley.said(parley.readable(fault.deed)));
    if (fault.rule) box.append(" ", parley.element("small", { text: `(rule: ${fault.rule})` }));
    if (fault.line) {
      parley.markFault(fault);
      box.append(parley.element("div", {}, parley.button("Go to the place", () => parley.goTo(fault.line, fault.column), { class: "quiet" })));
    }
    place.append(box);
  };
})(window.parley);
