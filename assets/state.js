/* The filter in force. It is worked out here, at once, from what was in force before, so that no click waits or is lost;
   the URL holds it, and the server is asked for that URL. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const listeners = [];
  let filter = product.filter ? product.filter.parse(location.search) : {};

  const tell = () => listeners.forEach((listener) => listener(filter));

  /* Put a filter in force: one entry in the history for each gesture. dcc.Location hears of it like of a step back. */
  function apply(next) {
    const query = product.filter.toQuery(next);
    const search = query ? "?" + query : "";
    filter = next;
    if (search !== location.search) {
      history.pushState({}, "", location.pathname + search + location.hash);
      window.dispatchEvent(new PopStateEvent("popstate"));
    } else tell();
  }

  window.addEventListener("popstate", () => {
    filter = product.filter.parse(location.search);
    tell();
  });

  /* What the server understood of the URL: values that the data does not know are gone. */
  function adopt(query) {
    filter = product.filter.parse(query);
  }

  product.state = {
    adopt,
    apply,
    change: (step) => apply(step(filter)),
    get filter() { return filter; },
    onChange: (listener) => listeners.push(listener),
  };
})(window.product);
