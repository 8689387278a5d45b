/* The theme, light or dark: set before the first paint, so it is loaded in the head; and the colours of the theme in force. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const KEY = "theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  const root = document.documentElement;

  function stored() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }

  function set(theme) {
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    listeners.forEach((listener) => listener(theme));
  }

  function toggle() {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem(KEY, theme); } catch { /* private mode: the choice lasts as long as the page */ }
    set(theme);
  }

  /* "var(--ink)" to the value of that property; other texts stay. */
  function color(token) {
    const match = /^var\((--[\w-]+)\)$/.exec(token);
    return match ? getComputedStyle(root).getPropertyValue(match[1]).trim() : token;
  }

  set(stored() || (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => stored() || set(system.matches ? "dark" : "light"));
  product.theme = { color, toggle, onChange: (listener) => listeners.push(listener) };
})(window.product);
