// Ends a visit. What needs no network comes first: the answers close, here and in every other tab of
// ours. Then the server is asked to wipe the rest, and a page without answers comes.
// The two pages that can come: "harmless" is another website, "start" is our start page.

import {
  closeAnswers,
  deleteOpeners,
  endHere,
  isEnding,
  onThreeEscapes,
  valueThatOpens,
  whenNobodyIsHere,
} from "./leaving.js";

const leaving = document.querySelector(".leave");
const PAGES = { harmless: leaving.dataset.to, start: leaving.dataset.start };
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("terugkeerwijzer") : null;
let openedWith = valueThatOpens();

// Nothing is left to see here, also where the next page is slow or never comes. Emptied and not
// hidden: Firefox hands no key to a page without anything that is shown, and Escape would be its
// own again.
const goTo = (page) => {
  document.title = "…";
  document.body.textContent = "";
  location.replace(PAGES[page]);
};

const closeEverywhere = (page) => {
  closeAnswers();
  tabs?.postMessage(page);
};

const ask = (form, options) =>
  fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    keepalive: true,
    redirect: "manual",
    ...options,
  });

const leaveTo = (page) => {
  closeEverywhere(page);
  ask(leaving).catch(() => {});
  // What the server sent just before can still arrive and bring the cookie back.
  addEventListener("pagehide", deleteOpeners);
  goTo(page);
};

// With a client beside them, a stray press must not cost a finished case: for so long it can be
// undone. The page is empty at once; nothing on it says what can come back. Whatever takes the page
// away before closes the answers.
const TO_UNDO = 5_000;

const leaveUnlessUndone = () => {
  window.speechSynthesis?.cancel();
  const title = document.title;
  const shown = [...document.body.childNodes];
  const undo = document.createElement("button");
  undo.textContent = leaving.dataset.undo;
  // Not where the button was that was pressed: the second of two presses must not undo.
  undo.style.alignSelf = "start";
  undo.style.margin = "1rem";
  document.title = "…";
  document.body.replaceChildren(undo);
  undo.focus();
  const timer = setTimeout(() => leaveTo("harmless"), TO_UNDO);
  addEventListener("pagehide", deleteOpeners);
  undo.addEventListener("click", () => {
    clearTimeout(timer);
    removeEventListener("pagehide", deleteOpeners);
    document.title = title;
    document.body.replaceChildren(...shown);
    leavingNow = false;
  });
};

let leavingNow = false;
const leaveQuickly = () => {
  if (leavingNow) return;
  leavingNow = true;
  if (leaving.dataset.undo) leaveUnlessUndone();
  else leaveTo("harmless");
};

// The longest that somebody looks at an empty page before we say that the network is away.
const PATIENCE = 10_000;

const askPatiently = async (form) => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  try {
    return await ask(form, { signal: late.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};

const sayWhatIsLeft = (main, form) => {
  const notice = document.getElementById("not-deleted").content.cloneNode(true);
  main.textContent = "";
  main.append(notice, form);
  main.hidden = false;
  main.focus();
};

const deleteAnswers = async (form) => {
  closeEverywhere("start");
  document.title = "…";
  const main = document.getElementById("main");
  main.hidden = true;
  const answer = await askPatiently(form);
  if (!answer) sayWhatIsLeft(main, form);
  else if (answer.type === "opaqueredirect") goTo("start");
  // Refused: the server's own page says why.
  else form.submit();
};

addEventListener("submit", (event) => {
  const { ends } = event.target.dataset;
  if (!ends) return;
  event.preventDefault();
  if (ends === "start") deleteAnswers(event.target);
  else if (event.target === leaving) leaveQuickly();
  else leaveTo(ends);
});
onThreeEscapes(leaveQuickly);

const idle = document.querySelector(".idle");
if (idle) whenNobodyIsHere(idle, () => leaveTo("start"))();

// Not closeAnswers: a tab that slept hears it late, when the answers of the next client are here.
tabs?.addEventListener("message", ({ data }) => {
  endHere();
  goTo(data);
});

// The answers of this page were closed: here, in another tab, or for the next client.
const isEnded = () => isEnding() || (openedWith && valueThatOpens() !== openedWith);
// A browser without the channel looks for itself when somebody comes back to this tab.
const lookAgain = () => {
  // The form begins a visit without a new page.
  openedWith ||= valueThatOpens();
  if (!isEnding() && isEnded()) goTo("start");
};
document.addEventListener("visibilitychange", lookAgain);
addEventListener("focus", lookAgain);
addEventListener("blur", lookAgain);

// A page that the browser keeps for Back is hidden before anybody can come back to it.
addEventListener("pagehide", () => {
  document.documentElement.hidden = true;
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && isEnded()) goTo("start");
  else document.documentElement.hidden = false;
});
