/* The filter and the options in force. They are worked out here, at once, from what was in force before, so that no click waits
   or is lost; the URL holds them, and the server is asked for that URL. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const listeners = [];
  let filter = {}, options = {};

  const tell = () => listeners.forEach((listener) => listener(filter));

  function read(query) {
    filter = product.filter.parse(query);
    options = product.filter.parseOptions(query);
  }

  function searchOf(nextFilter, nextOptions) {
    const query = [product.filter.toQuery(nextFilter), product.filter.optionsQuery(nextOptions)].filter(Boolean).join("&");
    return query ? "?" + query : "";
  }

  /* Go to an address of ours: one entry in the history. */
  function go(path, search) {
    if (path !== location.pathname || search !== location.search) history.pushState({}, "", path + search);
    read(location.search);
    tell();
  }

  /* Put a filter in force: each gesture can be taken back, and one that goes on is one. */
  function apply(nextFilter, nextOptions = options, goesOn = false) {
    const search = searchOf(nextFilter, nextOptions);
    if (goesOn) history.replaceState({}, "", location.pathname + search);
    else if (search !== location.search) product.undo.record(location.search);
    [filter, options] = [nextFilter, nextOptions];
    go(location.pathname, search);
  }

  /* Choose on a card; what stands first there stands in no URL. */
  function choose(option, value, isUsual, goesOn) {
    const { [option]: _, ...rest } = options;
    apply(filter, isUsual ? rest : { ...rest, [option]: value }, goesOn);
  }

  window.addEventListener("popstate", () => {
    read(location.search);
    tell();
  });

  if (product.filter) read(location.search);
  product.state = {
    /* What the server understood of the URL: values that the data does not know are gone. */
    adopt: read,
    apply,
    choose,
    go,
    change: (step) => apply(step(filter)),
    searchAfter: (step) => searchOf(step(filter), options),
    get filter() { return filter; },
    get options() { return options; },
    onChange: (listener) => listeners.push(listener),
  };
})(window.product);
