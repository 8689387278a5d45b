/* A list with a search: type to narrow it, arrows and Enter to choose, Escape to leave it as it was. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const make = (...parts) => product.make(...parts);

  function searchOf({ id, label, choices, choose }) {
    const list = make("ul", { id: `${id}-list`, className: "search-list", role: "listbox", hidden: true, "aria-label": label });
    const input = make("input", { id, type: "text", autocomplete: "off", spellcheck: false, role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" });
    let shown = "", at = -1;

    const rows = () => [...list.children];
    const isOpen = () => !list.hidden;

    function fill(wanted) {
      const found = choices.filter(([, text]) => text.toLowerCase().includes(wanted.trim().toLowerCase()));
      list.replaceChildren(...found.map(([value, text], place) => make("li", { id: `${id}-${place}`, role: "option", "aria-selected": String(text === shown), "data-value": value }, text)));
      if (!found.length) list.append(make("li", { className: "hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing of that name"));
      move(found.findIndex(([, text]) => text === shown));
    }

    function open(wanted) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      fill(wanted);
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      input.value = shown;
    }

    function move(next) {
      at = Math.min(next, list.children.length - 1);
      for (const [place, option] of rows().entries()) option.classList.toggle("active", place === at);
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", rows()[at].id);
      rows()[at].scrollIntoView({ block: "nearest" });
    }

    function take(option) {
      if (option?.dataset.value === undefined) return;
      shown = option.textContent;
      close();
      choose(option.dataset.value);
    }

    input.onfocus = () => input.select();
    input.onclick = () => isOpen() || open("");
    input.oninput = () => { open(input.value); move(0); };
    input.onblur = () => isOpen() && close();
    input.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (isOpen()) move(Math.max(0, at + step)); else open("");
      } else if (event.key === "Enter" && isOpen()) {
        event.preventDefault();
        take(rows()[at]);
      } else if (event.key === "Escape" && isOpen()) {
        event.preventDefault();
        close();
      }
    };
    list.onpointerdown = (event) => event.preventDefault();
    list.onclick = ({ target }) => take(target.closest("li"));

    return { input, list, isOpen, show: (text) => { shown = text; if (!isOpen()) input.value = text; } };
  }

  product.search = { make: searchOf };
})(window.product);
