// The whole questionnaire in one page, for when there is no network.
// Answers are held in memory only: they are gone when this window is closed.

import { combobox } from "./combobox.js";
import { canonical, decide, walk } from "./offline/decide.js";
import { make } from "./offline/elements.js";
import { questionParts } from "./offline/question.js";
import { resultParts } from "./offline/result.js";

const place = document.getElementById("offline");
let table = await (await fetch(place.dataset.table)).json();
let answers = {};
let shown = null;

// The title of the page stays as it is: it goes into the history of the browser.
const show = (...children) => {
  place.replaceChildren(...children.filter((child) => child != null));
  place.querySelector("h1").focus();
};

const quietButton = (text, onclick) => make("button", { type: "button", class: "quiet", onclick }, text);

const forget = () => {
  answers = {};
  shown = null;
};

const again = () =>
  quietButton(table.words.again, () => {
    forget();
    next();
  });

const back = (question) => {
  const before = Object.keys(walk(table, answers).answers);
  const index = question ? before.indexOf(question.id) : -1;
  const previous = (index < 0 ? before : before.slice(0, index)).at(-1);
  if (!previous) return null;
  return quietButton(table.words.back, () => ask(table.questions.find((each) => each.id === previous)));
};

const take = (question, given) => {
  if (!given.length) return ask(question, true);
  const answer = canonical(question, question.type === "several" ? given : given[0]);
  answers = { ...answers, [question.id]: answer };
  next();
};

const ask = (question, isEmpty = false) => {
  shown = question;
  const parts = questionParts(table.words, question, answers[question.id], {
    isEmpty,
    names: place.dataset.names,
    onAnswer: (given) => take(question, given),
  });
  show(make("h1", { tabindex: "-1" }, question.text), ...parts, back(question), again());
  if (question.type === "country") combobox(place.querySelector("select"));
};

const result = (complete, message) => {
  shown = null;
  const parts = resultParts(table, complete, decide(table, complete), {
    message,
    pages: place.dataset,
    onChange: (question) => ask(question),
  });
  show(...parts, back(null), again());
};

const next = (message) => {
  const path = walk(table, answers);
  answers = path.next ? answers : path.answers;
  return path.next ? ask(path.next) : result(path.answers, message);
};

// Online again: take the rules of today, and say so where they are others.
addEventListener("online", async () => {
  const answer = await fetch(place.dataset.table, { cache: "no-cache" }).catch(() => null);
  const fresh = answer?.ok ? await answer.json() : table;
  if (fresh.policy.sha256 === table.policy.sha256) return;
  table = fresh;
  if (!shown) next(table.words.changed);
});

// Back and forward must not bring back what was answered, and nothing stays when somebody leaves.
const wipe = () => {
  forget();
  place.replaceChildren();
};
addEventListener("ending", wipe);
addEventListener("pagehide", wipe);
addEventListener("pageshow", (event) => event.persisted && location.reload());

const start = make("button", { type: "button", class: "button", onclick: () => next() }, table.words.start);
place.querySelector("progress").replaceWith(start);
