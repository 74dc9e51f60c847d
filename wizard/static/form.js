// All questions on one page: after each answer our own server says which are asked.
// The answers travel as on every other page: in the body, into the sealed cookie.

import "./enhance.js";
import "./question.js";

const form = document.querySelector("form[data-asked]");
const left = document.getElementById("left");
let sending;
let busy = false;
let changed = false;
let ended = false;

const isBelow = (group) => group.getBoundingClientRect().top >= innerHeight;

// What is in view when it is not needed any more keeps its place, so that nothing jumps. It goes
// once it is below what is seen.
const unseen = new IntersectionObserver((entries) => {
  for (const { target } of entries) if (target.inert && isBelow(target)) fold(target, true);
});
const fold = (group, away) => {
  group.hidden = away && (group.hidden || isBelow(group));
  group.inert = away && !group.hidden;
  group.classList.toggle("resting", group.inert);
  if (group.inert) unseen.observe(group);
  else unseen.unobserve(group);
};

const show = ({ asked, open, left: text }) => {
  for (const group of form.querySelectorAll("[data-question]"))
    fold(group, !asked.includes(group.dataset.question));
  for (const item of document.querySelectorAll("[data-open]"))
    item.hidden = !open.includes(item.dataset.open);
  const list = document.getElementById("open");
  if (list) list.hidden = ![...list.querySelectorAll("[data-open]")].some((item) => !item.hidden);
  if (left.textContent !== text) left.textContent = text;
};

// One after the other: the cookie must be that of the latest answers.
const send = async () => {
  if (ended) return;
  changed = true;
  if (busy) return;
  busy = true;
  while (changed) {
    changed = false;
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.asked, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: sending.signal,
      });
      if (answer.ok) show(await answer.json());
    } catch {
      // Without a network the button still says what is wrong.
    }
  }
  busy = false;
};

form.addEventListener("change", send);

// Whoever sends, wipes or leaves must not be followed by an older cookie.
const stop = () => {
  changed = false;
  sending?.abort();
};
addEventListener("submit", stop);
addEventListener("pagehide", stop);
addEventListener("ending", () => {
  ended = true;
  stop();
});

// What is not needed before somebody does something comes only then.
const onFirstSign = (begin) => {
  const ended = new AbortController();
  const once = () => {
    ended.abort();
    begin();
  };
  for (const sign of ["pointermove", "pointerdown", "keydown", "focusin", "scroll"])
    addEventListener(sign, once, { capture: true, passive: true, signal: ended.signal });
};

// The field for the country with its list, and the keys of helper mode.
onFirstSign(() => {
  for (const select of form.querySelectorAll("select[data-combobox]"))
    import(select.dataset.combobox).then(
      ({ combobox }) => combobox(select),
      () => {},
    );
  const { keysFrom } = form.dataset;
  if (keysFrom) import(keysFrom).catch(() => {});
});
