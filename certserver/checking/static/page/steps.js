// One step at a time: shows it, moves the focus to its heading, and says aloud what changes in it.

import { byId } from "./dom.js";
import { currentLanguage, words } from "./texts.js";

/** Shows one step; nobody is left with the focus on something hidden. */
export function show(step) {
  for (const section of document.querySelectorAll(".step")) section.hidden = section.id !== step;
  say("");
  scrollTo(0, 0);
  byId(`${step}-title`).focus({ preventScroll: true });
}

/** The step that is shown. */
export function shown() {
  return document.querySelector(".step:not([hidden])").id;
}

/** Tells a screen reader; the same again is not said again. */
export function say(text) {
  const said = byId("said");
  if (said.textContent !== text) said.textContent = text;
}

/** Puts every fixed word in the language of the page. */
export function fillTexts() {
  const text = words();
  document.documentElement.lang = currentLanguage();
  document.title = text.title;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text[element.dataset.text];
  const language = byId("language");
  language.textContent = text.otherLanguage;
  language.lang = currentLanguage() === "ja" ? "en" : "ja";
}
