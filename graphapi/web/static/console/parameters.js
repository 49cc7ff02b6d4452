/* The parameters panel: a field for each $name of the query, or one JSON object. What was typed is sent as it is, so that no number is rounded. */
(function (parley) {
  "use strict";
  const texts = new Map();
  const EXAMPLE = 'such as "howard-lutnick", 5, true, null, ["a", "b"] or {"a": 1}';
  const fields = parley.byId("fields");
  const object = parley.byId("object");
  let asObject = false;

  const isJson = (text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  function tellFault(input, text) {
    input.setAttribute("aria-invalid", text ? "true" : "false");
    parley.byId(input.getAttribute("aria-describedby")).textContent = text;
  }
  function field(name, number) {
    const id = `parameter-${number}`;
    const input = parley.element("textarea", { id, rows: 1, spellcheck: "false", autocomplete: "off", placeholder: "JSON", "aria-describedby": `${id}-fault`, "data-name": name });
    input.value = texts.get(name) || "";
    input.rows = Math.min(6, input.value.split("\n").length);
    input.addEventListener("input", () => {
      texts.set(name, input.value);
      tellFault(input, "");
    });
    return parley.element("div", { class: "field" }, parley.element("label", { for: id }, `$${parley.readable(name)}`), input, parley.element("p", { class: "fault", id: `${id}-fault` }));
  }
  const shownNames = () => [...fields.querySelectorAll("textarea")].map((input) => input.dataset.name);
  function draw(names) {
    fields.replaceChildren(...names.map(field));
    parley.byId("none").hidden = asObject || names.length > 0;
  }
  const joined = () => `{${parley.parameterNames().filter((name) => (texts.get(name) || "").trim()).map((name) => `\n  ${JSON.stringify(name)}: ${texts.get(name).trim()}`).join(",")}\n}`;

  /* Names that the query uses, in order. */
  parley.parameterNames = () => parley.namesIn(parley.editorText());
  parley.knownParameters = () => [...new Set([...parley.parameterNames(), ...texts.keys()])];
  parley.updateParameters = () => {
    const names = parley.parameterNames();
    if (names.join("\0") !== shownNames().join("\0")) draw(names);
  };
  /* Fill from {name: JSON text}. */
  parley.setParameters = (given) => {
    texts.clear();
    for (const [name, text] of Object.entries(given)) texts.set(name, text);
    draw(parley.parameterNames());
    if (asObject) object.value = joined();
  };
  /* The JSON text of all parameters of the query; null when one is none, which is then said at its field. */
  parley.readParameters = () => {
    if (asObject) return readObject();
    let first = null;
    const parts = [];
    for (const input of fields.querySelectorAll("textarea")) {
      const text = input.value.trim();
      const fault = !text ? `${input.dataset.name}: expected JSON, ${EXAMPLE}.` : isJson(text) ? "" : `${input.dataset.name}: expected JSON, ${EXAMPLE}. A text stands in double quotes.`;
      tellFault(input, fault);
      if (fault && !first) first = input;
      parts.push(`${JSON.stringify(input.dataset.name)}:${text}`);
    }
    if (first) first.focus();
    return first ? null : `{${parts.join(",")}}`;
  };
  function readObject() {
    const text = object.value.trim() || "{}";
    const isRight = isJson(text) && /^\{/.test(text);
    tellFault(object, isRight ? "" : 'Expected one JSON object, such as {"id": "howard-lutnick"}.');
    if (!isRight) object.focus();
    return isRight ? text : null;
  }
  /* The texts as they stand, by name, also of what is no JSON yet. */
  parley.parameterTexts = () => {
    if (asObject && isJson(object.value || "{}")) takeObject();
    return Object.fromEntries(parley.parameterNames().filter((name) => texts.has(name)).map((name) => [name, texts.get(name)]));
  };
  function takeObject() {
    for (const [name, value] of Object.entries(parley.parseExact(object.value || "{}"))) texts.set(name, parley.exactText(value));
  }
  /* The field of a parameter that the service refused. */
  parley.tellParameter = (name, text) => {
    const input = asObject ? object : [...fields.querySelectorAll("textarea")].find((one) => one.dataset.name === name);
    if (input) tellFault(input, `${name}: ${text}`);
    return Boolean(input);
  };
  function toggle() {
    if (asObject && parley.readParameters() === null) return;
    if (asObject) takeObject();
    else object.value = joined();
    asObject = !asObject;
    parley.byId("as-object").setAttribute("aria-pressed", String(asObject));
    parley.byId("whole").hidden = !asObject;
    fields.hidden = asObject;
    draw(parley.parameterNames());
  }
  parley.startParameters = () => {
    parley.byId("as-object").addEventListener("click", toggle);
    object.addEventListener("input", () => tellFault(object, ""));
    parley.onEdit(parley.updateParameters);
    parley.updateParameters();
  };
})(window.parley);
