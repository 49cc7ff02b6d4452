/* JSON without rounding: whole numbers above 2^53 become BigInt, and are written as the digits that they came as. */
(function (parley) {
  "use strict";
  const isLarge = (value, context) => typeof value === "number" && !Number.isSafeInteger(value) && context !== undefined && /^-?\d+$/.test(context.source);
  const raw = (value) => (JSON.rawJSON ? JSON.rawJSON(String(value)) : String(value));
  parley.parseExact = (text) => JSON.parse(text, (_, value, context) => (isLarge(value, context) ? BigInt(context.source) : value));
  parley.exactText = (value, indent) => JSON.stringify(value, (_, one) => (typeof one === "bigint" ? raw(one) : one), indent);
})(window.parley);
