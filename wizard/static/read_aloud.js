// Reads the page aloud, from top to bottom, each part by a voice for its own language.
// Fetched when somebody first presses the button, which enhance.js shows where there is a voice.

import { canRead } from "./voices.js";

const PARTS = "h1, h2, h3, h4, p, li, dt, dd, label, legend, summary, th, td, [lang]";
// What is only for screen readers is said by them.
const NOT_READ = "button, select, script, noscript, .back, .hidden, [aria-hidden=true]";

const voiceFor = (tag) => speechSynthesis.getVoices().find((voice) => canRead(voice, tag));

/** What is seen in the page, one part after another: an element and its words. */
const parts = () => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!data.trim() || parentElement.closest(NOT_READ) || !parentElement.checkVisibility()) continue;
    const around = parentElement.closest(PARTS);
    if (found.at(-1)?.around === around) found.at(-1).words += data;
    else found.push({ around, words: data });
  }
  return found;
};

let start;
// Held here until they are said: Chromium forgets an utterance that nobody holds, and its events.
let waiting = new Set();

const stop = (button) => {
  if (!waiting.size) return;
  waiting = new Set();
  speechSynthesis.cancel();
  button.textContent = start;
};

const read = (button) => {
  const own = (waiting = new Set());
  for (const { around, words } of parts()) {
    const { lang } = around.closest("[lang]");
    const voice = voiceFor(lang);
    if (!voice) continue;
    const utterance = new SpeechSynthesisUtterance(words.replace(/\s+/g, " ").trim());
    utterance.lang = lang;
    utterance.voice = voice;
    utterance.onend = utterance.onerror = () => {
      own.delete(utterance);
      // What was stopped before may report late: it must not end what is read now.
      if (own === waiting && !own.size) button.textContent = start;
    };
    own.add(utterance);
  }
  if (own.size) button.textContent = button.dataset.stop;
  for (const utterance of own) speechSynthesis.speak(utterance);
};

/** Read, or stop reading. The name of the button says which of the two it does next. */
export const toggle = (button) => {
  if (start === undefined) {
    start = button.textContent;
    const leave = () => stop(button);
    addEventListener("pagehide", leave);
    // Without a network the next question comes without a next page.
    addEventListener("submit", leave);
  }
  return waiting.size ? stop(button) : read(button);
};
