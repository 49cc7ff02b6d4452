/* The key of a caller who has one: in this tab's storage, or in the field alone where the browser keeps nothing. */
(function (parley) {
  "use strict";
  const NAME = "parley-key";
  const field = parley.byId("key");
  const stored = (deed) => {
    try {
      return deed(sessionStorage);
    } catch {
      return null;
    }
  };
  /* The header that shows the key; none without one, or with one that no header can carry. */
  parley.keyHeader = () => {
    const key = field.value.trim();
    return /^[\x21-\x7e]+$/.test(key) ? { Authorization: `Bearer ${key}` } : {};
  };
  parley.startKey = () => {
    field.value = stored((storage) => storage.getItem(NAME)) || "";
    field.addEventListener("input", () => stored((storage) => (field.value.trim() ? storage.setItem(NAME, field.value.trim()) : storage.removeItem(NAME))));
    parley.byId("key-forget").addEventListener("click", () => {
      field.value = "";
      stored((storage) => storage.removeItem(NAME));
      parley.announce("The key is forgotten.");
    });
  };
})(window.parley);
