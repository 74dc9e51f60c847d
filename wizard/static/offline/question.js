// One question of the page that needs no network.

import { make } from "./elements.js";

const choice = (question, given, [id, text], number) => {
  const type = question.type === "several" ? "checkbox" : "radio";
  const checked = [given ?? []].flat().includes(id);
  return make(
    "div",
    { class: "choice" },
    make("input", { type, name: "answer", value: id, id: `answer-${number}`, checked }),
    make("label", { for: `answer-${number}` }, text),
  );
};

const countries = (words, question, given, names) =>
  make(
    "select",
    {
      name: "answer",
      "aria-label": question.text,
      autocomplete: "off",
      "data-filter": words.search,
      "data-names": names,
      "data-chosen": words.chosen,
      "data-found": words.found,
    },
    make("option", { value: "" }, words.chooseOne),
    ...[...question.options, ...question.countries].map(([id, text]) =>
      make("option", { value: id, selected: given === id }, text),
    ),
  );

const controls = (words, question, given, names) =>
  question.type === "country"
    ? [countries(words, question, given, names)]
    : question.options.map((option, index) => choice(question, given, option, index + 1));

const form = (words, question, given, names, onAnswer) => {
  const onsubmit = (event) => {
    event.preventDefault();
    onAnswer(new FormData(event.target).getAll("answer").filter(Boolean));
  };
  return make(
    "form",
    { onsubmit, autocomplete: "off" },
    make(
      "fieldset",
      {},
      make("legend", { class: "hidden" }, question.text),
      make("p", { class: "help" }, question.help),
      ...controls(words, question, given, names),
    ),
    make("button", { class: "button" }, words.continue),
  );
};

/**
 * What stands below the heading of a question. `given` is the answer so far; `isEmpty` when
 * somebody went on without one; `names` is the address of what countries
 * are also called; `onAnswer` gets the ids of what was chosen.
 */
export const questionParts = (words, question, given, { isEmpty, names, onAnswer }) => [
  isEmpty ? make("p", { class: "error", role: "alert" }, words.choose) : null,
  form(words, question, given, names, onAnswer),
  make("details", {}, make("summary", {}, words.why), make("p", {}, question.why)),
];
