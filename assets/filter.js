/* Filters as values: from a URL and back, the same as semantic/filter.py; and what a gesture makes of one. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const RANGE = /^([^,]*)\.\.([^,]*)$/;
  const quote = (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
  const unquote = (text) => {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch { return text; }
  };
  const isRange = (clause) => Boolean(clause) && !clause.values;
  /* Keys with a hyphen are options of the page; no dimension has one in its name. */
  const isOption = (part) => unquote(part.split("=", 1)[0]).includes("-");
  const ordered = (values) => [...new Set(values)].sort();

  /* "?device=Mobile,Tablet&day=2026-07-01..2026-10-01" to {device: {values: […]}, day: {low, high}}. */
  function parse(search) {
    const filter = {};
    for (const part of search.replace(/^\?/, "").split("&")) {
      const [, key, text] = /^([^=]*)=?(.*)$/s.exec(part);
      if (!text || isOption(part)) continue;
      const range = RANGE.exec(text);
      filter[unquote(key)] = range
        ? { low: unquote(range[1]), high: unquote(range[2]) }
        : { values: ordered(text.split(",").filter(Boolean).map(unquote)) };
    }
    return filter;
  }

  /* "?device=Mobile&compare-to=previous" to {"compare-to": "previous"}. */
  function parseOptions(search) {
    const parts = search.replace(/^\?/, "").split("&").filter((part) => isOption(part) && part.includes("="));
    return Object.fromEntries(parts.map((part) => [part.split("=", 1)[0], part.slice(part.indexOf("=") + 1)].map(unquote)).filter(([, value]) => value));
  }

  const optionsQuery = (options) => ordered(Object.keys(options)).map((key) => `${quote(key)}=${quote(options[key])}`).join("&");

  /* A number as Python writes it: exponents from 1e16 and below 0.0001. */
  function numberText(number) {
    if (!Number.isFinite(number)) return String(number).replace("Infinity", "inf");
    const [digits, power] = number.toExponential().split("e"), isNear = number === 0 || (power >= -4 && power < 16);
    if (isNear) return (Object.is(number, -0) ? "-" : "") + String(number);
    return `${digits}e${power < 0 ? "-" : ""}${String(Math.abs(power)).padStart(2, "0")}`;
  }

  /* An end of a range: a day stays, a number is written in one way. */
  const endText = (end) => (end === "" || Number.isNaN(Number(end)) ? end : numberText(Number(end)));

  function clauseText(clause) {
    if (isRange(clause)) return `${endText(clause.low)}..${endText(clause.high)}`;
    return ordered(clause.values).map((value) => quote(value).replace(/\./g, "%2E")).join(",");
  }

  /* Equal filters have equal texts. */
  function toQuery(filter) {
    return ordered(Object.keys(filter)).map((name) => `${quote(name)}=${clauseText(filter[name])}`).join("&");
  }

  function replace(filter, dimension, clause) {
    const { [dimension]: _, ...rest } = filter;
    const isEmpty = !clause || (clause.values ? !clause.values.length : !clause.low && !clause.high);
    return isEmpty ? rest : { ...rest, [dimension]: clause };
  }

  const values = (filter, dimension) => filter[dimension]?.values || [];

  /* One more value, or one less. */
  function toggle(filter, dimension, value) {
    const now = values(filter, dimension);
    const next = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
    return replace(filter, dimension, { values: ordered(next) });
  }

  /* What a click on a mark means: this value alone, or nothing where it stood alone; with shift one more or less. */
  function click(filter, dimension, value, isShift) {
    const now = values(filter, dimension);
    const stoodAlone = now.length === 1 && now[0] === value;
    return isShift || stoodAlone ? toggle(filter, dimension, value) : replace(filter, dimension, { values: [value] });
  }

  function nextDay(iso) {
    return new Date(Date.parse(iso + "T00:00:00Z") + 86400000).toISOString().slice(0, 10);
  }

  function dayBefore(iso, n = 1) {
    return new Date(Date.parse(iso + "T00:00:00Z") - n * 86400000).toISOString().slice(0, 10);
  }

  /* What a click on a day means: that day alone, or all where it stood alone; with shift the span as far as there. */
  function clickDay(filter, dimension, iso, isShift) {
    const now = filter[dimension], next = nextDay(iso);
    if (isRange(now) && now.low === iso && now.high === next) return replace(filter, dimension, null);
    if (!isShift || !isRange(now)) return replace(filter, dimension, { low: iso, high: next });
    return replace(filter, dimension, {
      low: now.low && now.low < iso ? now.low : iso,
      high: now.high && now.high > next ? now.high : next,
    });
  }

  product.filter = { parse, parseOptions, optionsQuery, toQuery, replace, toggle, click, clickDay, nextDay, dayBefore, isRange, values, numberText };
})(window.product);
