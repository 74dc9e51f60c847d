// The whole questionnaire in one page, for when there is no network.
// Answers are held in memory only: they are gone when this window is closed.

const place = document.getElementById("offline");
const { walk, decide, canonical } = await import(place.dataset.decide);
let table = await (await fetch(place.dataset.table)).json();
let answers = {};
let shown = null;

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick" || name === "onsubmit") element[name] = value;
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};
const list = (tag, items) => make(tag, {}, ...items.map((item) => make("li", {}, ...[item].flat())));
const isolated = (text) => make("bdi", {}, text);

const show = (title, ...children) => {
  const heading = make("h1", { tabindex: "-1" }, title);
  place.replaceChildren(heading, ...children.filter((child) => child != null));
  document.title = `${title} – Terugkeerwijzer`;
  heading.focus();
};

const again = () =>
  make(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () => {
        answers = {};
        shown = null;
        next();
      },
    },
    table.words.again,
  );

const back = (question) => {
  const before = Object.keys(walk(table, answers).answers);
  const index = question ? before.indexOf(question.id) : -1;
  const previous = (index < 0 ? before : before.slice(0, index)).at(-1);
  if (!previous) return null;
  const go = () => ask(table.questions.find((each) => each.id === previous));
  return make("button", { type: "button", class: "quiet", onclick: go }, table.words.back);
};

const choice = (question, [id, text], number) => {
  const type = question.type === "several" ? "checkbox" : "radio";
  const checked = [answers[question.id] ?? []].flat().includes(id);
  return make(
    "div",
    { class: "choice" },
    make("input", { type, name: "answer", value: id, id: `answer-${number}`, checked }),
    make("label", { for: `answer-${number}` }, text),
  );
};

const countries = (question) =>
  make(
    "select",
    { name: "answer", "aria-label": question.text },
    make("option", { value: "" }, table.words.chooseOne),
    ...[...question.countries, ...question.options].map(([id, text]) =>
      make("option", { value: id, selected: answers[question.id] === id }, text),
    ),
  );

const ask = (question, problem) => {
  shown = question;
  const fields =
    question.type === "country"
      ? [countries(question)]
      : question.options.map((option, number) => choice(question, option, number + 1));
  const submit = (event) => {
    event.preventDefault();
    const given = new FormData(event.target).getAll("answer").filter(Boolean);
    if (!given.length) return ask(question, true);
    answers[question.id] = canonical(question, question.type === "several" ? given : given[0]);
    answers = { ...answers };
    next();
  };
  show(
    question.text,
    problem ? make("p", { class: "error", role: "alert" }, table.words.choose) : null,
    make(
      "form",
      { onsubmit: submit, autocomplete: "off" },
      make(
        "fieldset",
        {},
        make("legend", { class: "hidden" }, question.text),
        make("p", { class: "help" }, question.help),
        ...fields,
      ),
      make("button", { class: "button" }, table.words.continue),
    ),
    make("details", {}, make("summary", {}, table.words.why), make("p", {}, question.why)),
    back(question),
    again(),
  );
};

const contact = ({ phone, email, website }) => {
  const link = (label, href, text) => [`${label}: `, make("a", { href }, make("bdi", { dir: "ltr" }, text))];
  const lines = [];
  if (phone) lines.push(link(table.words.phone, `tel:${phone.replaceAll(" ", "")}`, phone));
  if (email) lines.push(link(table.words.email, `mailto:${email}`, email));
  if (website) lines.push(link(table.words.website, website, website.replace(/^https?:\/\//, "")));
  const lists = list("ul", lines);
  lists.className = "contact";
  return lines.length ? lists : "";
};

const source = (id) => {
  const [title, url, , checked] = table.sources[id];
  return make(
    "span",
    { class: "dates" },
    make("a", { href: url, rel: "noreferrer external" }, isolated(title)),
    " · ",
    table.words.checked,
    make("bdi", { dir: "ltr" }, checked),
  );
};

const section = (title, ...children) => make("section", {}, make("h2", {}, title), ...children);

const organisation = ({ id, role, because, variant }) =>
  make(
    "article",
    { class: "card" },
    make("h3", {}, isolated(table.organisations[id].name)),
    make("p", {}, table.organisations[id].roles[variant ? `${role}.${variant}` : role]),
    ...(table.roles[role].gives ? [contact(table.organisations[id].contact)] : []),
    list("ul", because.map((rule) => table.rules[rule][0])),
  );

const support = (offer) => {
  const known = table.supports[offer.id];
  const [label, text] = offer.variant ? known.variants[offer.variant] : [known.label, known.text];
  const amounts = table.amounts.filter((each) => offer.amounts.includes(each.id));
  const tags = [table.certainties[offer.certainty], ...offer.form.map((form) => table.forms[form])];
  return make(
    "article",
    { class: "card" },
    make("h3", {}, label),
    make("p", { class: "tags" }, ...tags.map((tag) => make("span", {}, tag))),
    make("p", {}, text),
    make("p", {}, table.words.ask, " ", offer.by.map((id) => table.organisations[id].name).join(", ")),
    ...amounts.map((each) => make("p", { class: "amount" }, each.text, " ", source(each.source))),
    ...(amounts.length ? [make("p", {}, table.words.unsure)] : []),
  );
};

const step = ({ id, contacts }) => [
  table.steps[id][0],
  ...contacts.map((name) => contact((table.contacts[name] ?? table.organisations[name]).contact)),
];

const result = (complete, message) => {
  shown = null;
  const decision = decide(table, complete);
  const { words } = table;
  show(
    words.result,
    message ? make("p", { class: "notice", role: "status" }, message) : null,
    make("p", { class: "notice" }, `${words.information} ${words.depends} ${words.person}`),
    section(words.meaning, list("ul", decision.situation.map(({ id, variant }) => table.situations[id][variant ?? ""]))),
    section(words.who, ...decision.organisations.map(organisation)),
    section(words.what, ...decision.supports.map(support)),
    section(words.now, list("ol", decision.next_steps.map(step))),
    section(
      words.reasons,
      list("ul", decision.rules.map((rule) => [table.rules[rule][0], " ", source(table.rules[rule][1])])),
      make("p", { class: "receipt" }, words.version, table.policy.version),
    ),
    back(null),
    again(),
  );
};

const next = (message) => {
  const path = walk(table, answers);
  answers = path.next ? answers : path.answers;
  return path.next ? ask(path.next) : result(path.answers, message);
};

// Online again: take the rules of today, and say so where they are others.
addEventListener("online", async () => {
  const fresh = await (await fetch(place.dataset.table, { cache: "no-cache" })).json();
  if (fresh.policy.sha256 === table.policy.sha256) return;
  table = fresh;
  if (!shown) next(table.words.changed);
});
// Back and forward must not bring back what was answered.
addEventListener("pagehide", () => {
  answers = {};
  place.replaceChildren();
});
addEventListener("pageshow", (event) => event.persisted && location.reload());

place.append(make("button", { type: "button", class: "button", onclick: () => next() }, table.words.start));
