// Small helpers for building what is shown. Text is only ever set as text.

/** The element of this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A new element with classes and children; a string is text. */
export function make(name, classes = "", ...children) {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button that does something. */
export function button(text, classes, does) {
  const element = make("button", classes, text);
  element.type = "button";
  element.addEventListener("click", does);
  return element;
}

const SHAPES = {
  good: "M4 13l5 5 11-12",
  bad: "M12 3L1.5 21h21zM12 10v5M12 17.5v1",
  more: "M5 12h13M12 5l7 7-7 7",
  unknown: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM12 11v6M12 7v1",
};

/** A pictogram: "good", "bad", "more" or "unknown". What it means is said beside it. */
export function icon(kind) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[kind]);
  picture.append(path);
  return picture;
}

/** One of the three answers: what it is about, its mark, its sentence and what that means. */
export function finding(about, mark, [headline, detail], markText) {
  const head = make("p", "headline", icon(mark), make("span", "unseen", `${markText}: `), headline);
  return make("section", `finding ${mark}`, make("h2", "about", about), head, make("p", "detail", detail));
}
