// Makes elements of a page, out of texts: never out of HTML.

/** An element with its attributes and children; `onclick` and `onsubmit` are functions. */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick" || name === "onsubmit") element[name] = value;
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

/** A list; each item is one child or an array of them. */
export const list = (tag, items) => make(tag, {}, ...items.map((item) => make("li", {}, ...[item].flat())));

/** A name whose direction can differ from that of the text around it. */
export const isolated = (text) => make("bdi", {}, text);
