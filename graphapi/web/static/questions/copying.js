/* Copies what stands in a block of code; where the browser does not let it, selects it. */
(function (parley) {
  "use strict";
  for (const code of document.querySelectorAll("[data-origin]")) code.textContent = code.textContent.replace(code.dataset.origin, location.origin);

  for (const button of document.querySelectorAll("[data-copies]")) {
    const code = parley.byId(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        parley.announce("Copied");
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        parley.announce("Selected; copy it with the keyboard.");
        button.textContent = "Selected: Ctrl-C copies";
      }
    });
  }
})(window.parley);
