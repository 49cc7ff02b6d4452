/* A note that says what happened and can be closed; said aloud too. */
(function (parley) {
  "use strict";
  const place = parley.byId("notes");

  parley.dismiss = () => {
    place.hidden = true;
    place.replaceChildren();
  };
  let passing = false;
  /* A note that speaks of what was done last leaves with what is done next. */
  parley.dismissPassing = () => passing && parley.dismiss();
  /* Show lines of text in the place of the note before. With buttons, as [text, onclick], it speaks of what was done last. */
  parley.tell = (lines, buttons) => {
    passing = buttons !== undefined;
    const close = parley.button("×", parley.dismiss, { class: "close", "aria-label": "Close the note" });
    const acts = (buttons || []).map(([text, onclick]) => parley.button(text, onclick, { class: "act" }));
    place.replaceChildren(parley.element("div", {}, ...lines.map((line) => parley.element("p", {}, parley.said(line)))), ...acts, close);
    place.hidden = false;
  };
})(window.parley);
