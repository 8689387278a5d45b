/* Numbers and days as people read them; dashboard/format.py and day_format.py do the same, and a test compares the two. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const NO_BREAK = "\u00a0", MINUS = "\u2212", ABSENT = "–";
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const SIGNS = { comma_point: [",", "."], point_comma: [".", ","], space_comma: ["\u202f", ","] };
  const style = { currency: "", currency_position: "before", currency_decimals: "as_needed", grouping: "international", numbers: "comma_point", dates: "day_month_year" };

  function grouped(digits) {
    if (digits.length < 4) return digits;
    const head = digits.slice(0, -3), size = style.grouping === "indian" ? 2 : 3, [group] = SIGNS[style.numbers];
    return head.replace(new RegExp(`\\B(?=(\\d{${size}})+$)`, "g"), group) + group + digits.slice(-3);
  }

  function fixed(value, places) {
    const text = Math.abs(value).toFixed(places);
    const [whole, rest] = text.split(".");
    const sign = value >= 0 || !/[1-9]/.test(text) ? "" : MINUS;
    return sign + grouped(whole) + (rest ? SIGNS[style.numbers][1] + rest : "");
  }

  const count = (value) => fixed(value, 0);
  /* A number as it stands in a URL, with its own decimals. */
  const exact = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? fixed(Number(text), (text.split(".")[1] || "").length) : text);
  const rate = (fraction, places = 1) => fixed(fraction * 100, places) + NO_BREAK + "%";

  function places(value) {
    const size = Math.abs(value);
    return size >= 100 ? 0 : size >= 10 ? 1 : 2;
  }

  function value(number, unit, scale) {
    if (number === null || number === undefined) return ABSENT;
    if (unit === "fraction") return rate(number);
    if (unit === "count") return count(number);
    const isWhole = unit && unit === style.currency && style.currency_decimals === "none";
    return amount(number, isWhole ? 0 : places(scale ?? number), unit);
  }

  /* A number with that many decimals and its unit. */
  function amount(number, decimals, unit) {
    const text = fixed(number, decimals);
    if (unit && unit === style.currency && style.currency_position === "before")
      return (text[0] === MINUS ? MINUS : "") + unit + NO_BREAK + text.replace(MINUS, "");
    return unit ? text + NO_BREAK + unit : text;
  }

  /* Both ends of an interval, the unit once. */
  function interval(low, high, unit, scale) {
    if (low === null || high === null) return "";
    const [first, last] = [value(low, unit, scale), value(high, unit, scale)];
    const sign = unit + NO_BREAK, isBefore = unit === style.currency && style.currency_position === "before";
    if (isBefore) return `${first} – ${last.startsWith(sign) ? last.slice(sign.length) : last}`;
    return `${first.split(NO_BREAK)[0]} – ${last}`;
  }

  /* "2026-09-30" to "30 Sep 2026", or without the year. */
  function day(iso, withYear = true) {
    if (style.dates === "iso" || !/^\d{4}-\d\d-\d\d$/.test(iso)) return iso;
    const [year, month, date] = iso.split("-"), name = MONTHS[Number(month) - 1], n = Number(date);
    if (style.dates === "slashes") return `${date}/${month}` + (withYear ? `/${year}` : "");
    if (style.dates === "month_day_year") return `${name} ${n}` + (withYear ? `, ${Number(year)}` : "");
    return `${n} ${name}` + (withYear ? ` ${Number(year)}` : "");
  }

  function days(first, last) {
    if (first === last) return day(first);
    const inMonth = first.slice(0, 7) === last.slice(0, 7), n = Number(first.slice(8));
    if (inMonth && style.dates === "day_month_year") return `${n} – ${day(last)}`;
    if (inMonth && style.dates === "month_day_year") return day(last).replace(" ", ` ${n} – `);
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
    if (!(high > low && high - low < Infinity && most >= 1)) return [];
    for (let power = 10 ** Math.floor(Math.log10((high - low) / most)); ; power *= 10)
      for (const step of [1, 2, 4, 5].map((s) => s * power)) {
        const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
        if (last - first < most) return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(12)));
      }
  }

  const setUp = (settings) => { for (const key of Object.keys(style)) style[key] = settings[key]; };
  product.format = { fixed, exact, count, rate, value, amount, interval, day, days, ago, ticks, setUp };
})(window.product);
