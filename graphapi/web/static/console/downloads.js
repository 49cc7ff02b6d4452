/* Files of the answer: CSV as the service writes it, JSON as it came, and the query as a file of the catalogue. */
(function (parley) {
  "use strict";
  const { byId } = parley;
  /* What a spreadsheet takes for the beginning of a formula gets an apostrophe in front. */
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

  function plainText(value) {
    if (typeof value === "string") return value;
    if (Array.isArray(value) && !value.some((one) => one !== null && typeof one === "object")) return value.map((one) => (one === null ? "null" : plainText(one))).join("; ");
    return value !== null && typeof value === "object" ? parley.exactText(value) : String(value);
  }
  function csvCell(value) {
    if (value === null) return "";
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
    const text = plainText(value);
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
  parley.csvOf = ({ columns, rows }) => `\ufeff${[columns, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
  parley.saveFile = (name, text, type) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    parley.element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  /* The links name their file when they are followed: until then nothing is written. */
  function offer(id, make, type) {
    byId(id).setAttribute("href", "#answer");
    byId(id).addEventListener("click", (event) => {
      event.preventDefault();
      parley.saveFile(byId(id).getAttribute("download"), make(), type);
    });
  }
  parley.startDownloads = () => {
    offer("save-csv", () => parley.csvOf(parley.last.body), "text/csv;charset=utf-8");
    offer("save-json", () => parley.last.text, "application/json");
    byId("file-save").addEventListener("click", () => {
      const { fault, name, text } = parley.queryFile(byId("file-title").value.trim(), byId("file-description").value.trim());
      byId("file-fault").textContent = fault || "";
      if (!fault) parley.saveFile(name, text, "text/plain;charset=utf-8");
    });
  };
})(window.parley);
