// The result on the page that needs no network: a decision, in the words of the table.

import { isolated, list, make } from "./elements.js";

const link = (label, href, text) => [`${label}: `, make("a", { href }, make("bdi", { dir: "ltr" }, text))];

const contact = (words, { phone, outside, email, website }) => {
  const lines = [];
  if (phone) lines.push(link(words.phone, `tel:${phone.replaceAll(" ", "")}`, phone));
  if (outside) lines.push(link(words.outside, `tel:${outside.replaceAll(" ", "")}`, outside));
  if (email) lines.push(link(words.email, `mailto:${email}`, email));
  if (website) lines.push(link(words.website, website, website.replace(/^https?:\/\//, "")));
  const lists = list("ul", lines);
  lists.className = "contact";
  return lines.length ? lists : "";
};

const source = (table, id) => {
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

const organisation = (table, { id, role, because, variant }) => {
  const { name, roles, contact: known } = table.organisations[id];
  return make(
    "article",
    { class: "card" },
    make("h3", {}, isolated(name)),
    make("p", {}, roles[variant ? `${role}.${variant}` : role]),
    ...(table.roles[role].gives ? [contact(table.words, known)] : []),
    list(
      "ul",
      because.map((rule) => table.rules[rule][0]),
    ),
  );
};

const support = (table, offer) => {
  const known = table.supports[offer.id];
  const [label, text] = offer.variant ? known.variants[offer.variant] : [known.label, known.text];
  const amounts = table.amounts.filter((each) => offer.amounts.includes(each.id));
  const tags = [table.certainties[offer.certainty], ...offer.form.map((form) => table.forms[form])];
  const names = offer.by.map((id) => table.organisations[id].name).join(", ");
  return make(
    "article",
    { class: "card" },
    make("h3", {}, label),
    make("p", { class: "tags" }, ...tags.map((tag) => make("span", {}, tag))),
    make("p", {}, text),
    make("p", {}, table.words.ask, " ", names),
    ...amounts.map((each) => make("p", { class: "amount" }, each.text, " ", source(table, each.source))),
    ...(amounts.length ? [make("p", {}, table.words.unsure, " ", offer.variant ? "" : known.note)] : []),
  );
};

const desk = (table, { name, text, address, contact: known, year }) =>
  make(
    "div",
    { class: "fact" },
    make("h3", { lang: "nl", dir: "auto" }, name),
    make("p", {}, text),
    ...(address ? [make("p", {}, make("bdi", { lang: "nl" }, address))] : []),
    contact(table.words, known),
    make("p", { class: "dates" }, year),
  );

const step = (table, { id, contacts }) => [
  table.steps[id][0],
  ...contacts.map((name) =>
    contact(table.words, (table.contacts[name] ?? table.organisations[name]).contact),
  ),
];

const situation = (table, { id, variant }) => table.situations[id][variant ?? ""];

const reason = (table, rule) => [table.rules[rule][0], " ", source(table, table.rules[rule][1])];

/** What stands below the heading of the result. `message` says what changed, where something did. */
export const resultParts = (table, decision, message) => {
  const { words } = table;
  return [
    message ? make("p", { class: "notice", role: "status" }, message) : null,
    make("p", { class: "notice" }, `${words.information} ${words.depends} ${words.person}`),
    section(
      words.meaning,
      list(
        "ul",
        decision.situation.map((each) => situation(table, each)),
      ),
    ),
    section(
      words.now,
      list(
        "ol",
        decision.next_steps.map((each) => step(table, each)),
      ),
    ),
    section(words.who, ...decision.organisations.map((each) => organisation(table, each))),
    ...(decision.places.length
      ? [
          section(
            words.places,
            ...table.places.filter(({ id }) => decision.places.includes(id)).map((each) => desk(table, each)),
          ),
        ]
      : []),
    section(words.what, ...decision.supports.map((each) => support(table, each))),
    section(
      words.reasons,
      list(
        "ul",
        decision.rules.filter((rule) => !table.silent.includes(rule)).map((rule) => reason(table, rule)),
      ),
      make("p", { class: "receipt" }, words.version, table.policy.version),
    ),
  ];
};
