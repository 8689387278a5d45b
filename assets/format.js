/* Numbers as people read them; dashboard/format.py does the same on the server, and a test compares the two. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const NO_BREAK = "\u00a0", MINUS = "\u2212", ABSENT = "–";
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const style = { currency: "", grouping: "international" };

  function grouped(digits) {
    if (digits.length < 4) return digits;
    const head = digits.slice(0, -3), size = style.grouping === "indian" ? 2 : 3;
    return head.replace(new RegExp(`\\B(?=(\\d{${size}})+$)`, "g"), ",") + "," + digits.slice(-3);
  }

  function fixed(value, places) {
    const text = Math.abs(value).toFixed(places);
    const [whole, rest] = text.split(".");
    const sign = value >= 0 || !/[1-9]/.test(text) ? "" : MINUS;
    return sign + grouped(whole) + (rest ? "." + rest : "");
  }

  const count = (value) => fixed(value, 0);
  const rate = (fraction, places = 1) => fixed(fraction * 100, places) + NO_BREAK + "%";

  function places(value) {
    const size = Math.abs(value);
    return size >= 100 ? 0 : size >= 10 ? 1 : 2;
  }

  function value(number, unit, scale) {
    if (number === null || number === undefined) return ABSENT;
    if (unit === "fraction") return rate(number);
    if (unit === "count") return count(number);
    const text = fixed(number, places(scale ?? number));
    if (unit && unit === style.currency)
      return (text[0] === MINUS ? MINUS : "") + unit + NO_BREAK + text.replace(MINUS, "");
    return unit ? text + NO_BREAK + unit : text;
  }

  /* "2026-09-30" to "30 Sep 2026", or without the year. */
  function day(iso, withYear = true) {
    const [year, month, date] = iso.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]}` + (withYear ? ` ${year}` : "");
  }

  function days(first, last) {
    if (first === last) return day(first);
    if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))} – ${day(last)}`;
    return `${day(first, first.slice(0, 4) !== last.slice(0, 4))} – ${day(last)}`;
  }

  function ago(milliseconds) {
    const minutes = Math.floor(milliseconds / 60000);
    if (minutes < 1) return "just now";
    if (minutes < 60) return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
  }

  /* The finest round ticks of which at most so many fall between low and high. */
  function ticks(low, high, most) {
    for (let power = 10 ** Math.floor(Math.log10((high - low) / most)); ; power *= 10)
      for (const step of [1, 2, 4, 5].map((s) => s * power)) {
        const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
        if (last - first < most) return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(12)));
      }
  }

  const setUp = (settings) => Object.assign(style, { currency: settings.currency, grouping: settings.grouping });
  product.format = { fixed, count, rate, value, day, days, ago, ticks, setUp };
})(window.product);
