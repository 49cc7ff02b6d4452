/* A calendar beside each date: the field takes a month or a year too, which no date field of a browser does. */
(function (parley) {
  "use strict";
  if (!HTMLInputElement.prototype.showPicker) return;

  for (const field of document.querySelectorAll("input[data-date]")) {
    const name = document.querySelector(`label[for="${CSS.escape(field.id)}"]`).firstChild.textContent.trim();
    const picker = parley.element("input", { type: "date", class: "picker", tabindex: "-1", "aria-hidden": "true" });
    const drawing = parley.svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, parley.svg("path", { d: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5" }));
    const button = parley.button("", () => {
      picker.value = /^\d{4}-\d{2}-\d{2}$/.test(field.value) ? field.value : "";
      picker.showPicker();
    });
    button.className = "day";
    button.setAttribute("aria-label", `${name}: choose a day`);
    button.append(drawing);
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      field.value = picker.value;
      field.focus();
    });
    field.after(button, picker);
  }
})(window.parley);
