/* Elements made without markup: text goes in as text, links only to http and https. */
(function (parley) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") element.textContent = value;
      else if (name === "onclick") element.addEventListener("click", value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  parley.byId = (id) => document.getElementById(id);
  parley.element = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);
  parley.svg = (tag, attributes, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);
  /* A text of the data, kept apart from the direction of the text around it. */
  parley.said = (text, attributes) => parley.element("bdi", { ...attributes, text });
  parley.link = (address, text) => {
    if (!/^https?:\/\//i.test(address)) return parley.said(text);
    return parley.element("a", { href: address, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer", text });
  };
  parley.button = (text, onclick, attributes) => parley.element("button", { type: "button", onclick, ...attributes }, text);
  /* What hides or turns text is shown by its number, as the page's own texts are. */
  parley.readable = (text) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) => `⟦U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟧`);
  /* A name as one may search for it: without accents and case. */
  parley.plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  parley.announce = (text) => {
    parley.byId("live").textContent = text;
  };
})(window.parley);
