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

  /* "var(--ink)" or "var(--ink) 24%" to that property's value, made so opaque; other texts stay. */
  function color(token) {
    const match = /^var\((--[\w-]+)\)(?: (\d+)%)?$/.exec(token);
    if (!match) return token;
    const value = getComputedStyle(root).getPropertyValue(match[1]).trim();
    return match[2] ? value + Math.round(2.55 * match[2]).toString(16).padStart(2, "0") : value;
  }

  set(stored() || (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => stored() || set(system.matches ? "dark" : "light"));
  product.theme = { color, toggle, onChange: (listener) => listeners.push(listener) };
})(window.product);
