// Everything works without this file; it makes three things easier.
"use strict";

// After an error, start where the message is.
document.getElementById("error-summary")?.focus();

// "None of these" cannot stand beside another answer.
const boxes = [...document.querySelectorAll(".choice input[type=checkbox]")];
for (const box of boxes) {
  box.addEventListener("change", () => {
    if (!box.checked) return;
    for (const other of boxes) {
      const clash = "exclusive" in box.dataset || "exclusive" in other.dataset;
      if (other !== box && clash) other.checked = false;
    }
  });
}

// A search field above the long list of countries.
const list = document.querySelector("select[data-filter]");
if (list) {
  const all = [...list.options];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const search = document.createElement("input");
  search.type = "search";
  search.autocomplete = "off";
  search.setAttribute("aria-label", list.dataset.filter);
  search.placeholder = list.dataset.filter;
  search.addEventListener("input", () => {
    const wanted = plain(search.value);
    const kept = all.filter((option) => option.selected || plain(option.text).includes(wanted));
    list.replaceChildren(...kept);
    list.size = wanted ? Math.min(8, Math.max(2, kept.length)) : 1;
  });
  list.before(search);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Read the page aloud, each part in its own language, where the browser has a voice for it.
const readAloud = document.querySelector("[data-read-aloud]");
if (readAloud && "speechSynthesis" in window) {
  const languageOf = (element) => element.closest("[lang]").lang;
  const voiceFor = (tag) =>
    speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === tag);
  const start = readAloud.textContent;
  const offer = () => {
    readAloud.hidden = !voiceFor(languageOf(readAloud));
  };
  const stop = () => {
    speechSynthesis.cancel();
    readAloud.textContent = start;
  };
  const isShown = (node) =>
    node.data.trim() && node.parentElement.checkVisibility() && !node.parentElement.closest("button");
  readAloud.addEventListener("click", () => {
    if (speechSynthesis.speaking) return stop();
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const tag = languageOf(walker.currentNode.parentElement);
      if (!isShown(walker.currentNode) || !voiceFor(tag)) continue;
      const words = new SpeechSynthesisUtterance(walker.currentNode.data);
      words.lang = tag;
      words.voice = voiceFor(tag);
      words.onend = () => speechSynthesis.pending || stop();
      speechSynthesis.speak(words);
    }
    readAloud.textContent = readAloud.dataset.stop;
  });
  speechSynthesis.addEventListener("voiceschanged", offer);
  addEventListener("pagehide", stop);
  offer();
}
