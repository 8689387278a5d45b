/* make: an element with its fields, attributes (keys with a hyphen) and children; texts stay texts. */
window.product = window.product || {};
window.product.make = (tag, fields = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) if (name.includes("-")) element.setAttribute(name, value); else element[name] = value;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};
