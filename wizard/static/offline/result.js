// The result on the page that needs no network: the letter, in the words of the table.

import { isolated, list, make } from "./elements.js";
import { letter } from "./letter.js";

const leftToRight = (text) => make("bdi", { dir: "ltr" }, text);
const paragraph = (text, name) => make("p", name ? { class: name } : {}, text);
const host = (website) => website.replace(/^https?:\/\/(www\.)?/, "");
const dial = (phone) => `tel:${phone.replaceAll(" ", "")}`;
// In a tab of its own: whoever leaves this page loses the result, which is nowhere else.
const inNewTab = (href) => ({ href, rel: "noopener", target: "_blank" });
const external = (href) => ({ href, rel: "noreferrer external", target: "_blank" });
const named = (element, name) => {
  element.className = name;
  return element;
};

const fold = (name, ...children) => make("details", {}, make("summary", {}, ...[name].flat()), ...children);

// Many folds are called "More": whoever only hears it is told of what.
const moreOf = (words, what) => [words.more, make("span", { class: "hidden" }, `: ${what}`)];

const section = (title, ...children) => make("section", {}, make("h2", {}, title), ...children);

const age = (contact, detail) =>
  contact.ages?.[detail] ? make("span", { class: "dates" }, contact.ages[detail]) : null;

const contactLines = (words, contact) => {
  const line = (label, attributes, detail, text) => [
    `${label}: `,
    make("a", attributes, leftToRight(text)),
    age(contact, detail),
  ];
  const { phone, phone_outside: outside, email, website, hours } = contact;
  const lines = [];
  if (phone) lines.push(line(words.phone, { href: dial(phone) }, "phone", phone));
  if (outside) lines.push(line(words.outside, { href: dial(outside) }, "phone_outside", outside));
  if (email) lines.push(line(words.email, { href: `mailto:${email}` }, "email", email));
  if (website) lines.push(line(words.website, external(website), "website", host(website)));
  if (hours) lines.push(hours);
  return named(list("ul", lines), "contact");
};

const dutchLine = (words, [dutch, means]) =>
  fold(
    words.dutch,
    make("p", { class: "dates" }, make("q", { lang: "nl", dir: "ltr" }, dutch), ` (${means})`),
  );

// One word, which breaks between its groups of figures only.
const groups = (phone) => phone.replaceAll(" ", "\u00a0\u200b");

const callButton = ({ name, contact }, isAlone) =>
  make(
    "a",
    { class: "button", href: dial(contact.phone) },
    make("bdi", isAlone ? { class: "hidden" } : {}, name),
    " ",
    make("span", { "aria-hidden": "true" }, "☎"),
    " ",
    leftToRight(groups(contact.phone)),
  );

// The one way to reach somebody that stands open: the phone before the website.
const reach = (table, someone, said, isAlone) => {
  const { contact } = someone;
  if (contact.phone)
    return [
      make("p", { class: "reach" }, callButton(someone, isAlone), age(contact, "phone")),
      said[someone.id] ? dutchLine(table.words, said[someone.id]) : null,
    ];
  if (!contact.website) return [];
  const link = make(
    "a",
    { class: "button", ...external(contact.website) },
    leftToRight(host(contact.website)),
  );
  return [make("p", { class: "reach" }, link)];
};

const stepFold = (words, { do: what, fold: text, reach: reached }) => {
  const points = reached.filter((each) => each.what);
  if (!text && !points.length) return null;
  return fold(
    moreOf(words, what),
    text ? paragraph(text) : null,
    ...points.flatMap((each) => [
      make("p", {}, isolated(each.name), `: ${each.what}`),
      contactLines(words, each.contact),
    ]),
  );
};

const step = (table, each, said) => [
  make("h3", {}, each.do),
  each.who ? paragraph(each.who, "who") : null,
  ...each.reach.flatMap((someone) => reach(table, someone, said, each.reach.length === 1)),
  each.more ? paragraph(each.more) : null,
  stepFold(table.words, each),
];

const stepList = (table, steps, said, start) => {
  const items = steps.map((each) => make("li", {}, ...step(table, each, said)));
  return make("ol", { class: "steps", start: start > 1 && start }, ...items);
};

const roleText = (table, { id, role, variant }) =>
  table.organisations[id].roles[variant ? `${role}.${variant}` : role];

// A text that begins with the name of who it is about goes on from the heading.
const card = (table, each, said) => {
  const { name } = table.organisations[each.id];
  const text = roleText(table, each);
  const goesOn = text.startsWith(`${name} `);
  return make(
    "div",
    { class: "helper" },
    make("h3", goesOn ? { class: "on" } : {}, isolated(name)),
    " ",
    paragraph(goesOn ? text.slice(name.length + 1) : text),
    ...(each.reach ? reach(table, each.reach, said, true) : []),
  );
};

// What only says that nothing else held is no reason.
const told = (table, rules) => rules.filter((rule) => !table.silent.includes(rule));

const reasons = (table, because) =>
  named(
    list(
      "ul",
      told(table, because).map((rule) => table.rules[rule][0]),
    ),
    "reasons",
  );

const organisation = (table, each) => {
  const { name, contact } = table.organisations[each.id];
  const isExcluded = table.roles[each.role].excludes;
  return make(
    "article",
    { class: "card" },
    make("h4", {}, isolated(name)),
    paragraph(roleText(table, each)),
    isExcluded || !Object.keys(contact).length ? null : contactLines(table.words, contact),
    reasons(table, each.because),
  );
};

// In the order of the decision: a heading wherever the role changes.
const everybody = (table, { organisations }) =>
  organisations.flatMap((each, at) => {
    const isNew = each.role !== organisations[at - 1]?.role;
    return [isNew ? make("h3", {}, table.roles[each.role].text) : null, organisation(table, each)];
  });

const source = (table, id) => {
  const [title, url, dates, original, lang] = table.sources[id];
  const own = original ? [" (", make("bdi", { lang }, original), ")"] : [];
  const link = make("a", external(url), isolated(title));
  return make("span", { class: "dates" }, link, ...own, ` · ${dates}`);
};

const wording = (table, { id, variant }) => {
  const { label, text, variants } = table.supports[id];
  return variant ? variants[variant] : [label, text];
};

const givers = (table, { by }) => {
  const names = by.map((id) => isolated(table.organisations[id].name));
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const rest = names.length > 3 ? [" ", leftToRight(`+${names.length - 2}`)] : [];
  return [...shown.flatMap((name, at) => (at ? [", ", name] : [name])), ...rest];
};

const supportLine = (table, offer) =>
  make(
    "span",
    {},
    make("b", {}, wording(table, offer)[0]),
    " ",
    make("span", { class: "by" }, ...givers(table, offer)),
  );

const supportCard = (table, offer) => {
  const [label, text] = wording(table, offer);
  const amounts = table.amounts.filter((each) => offer.amounts.includes(each.id));
  const names = offer.by.map((id) => table.organisations[id].name).join(", ");
  return make(
    "article",
    { class: "card" },
    make("h3", {}, label),
    paragraph(`${text} (${table.certainties[offer.certainty]})`),
    paragraph(`${table.words.ask} ${names}`),
    ...amounts.map((each) => make("p", { class: "amount" }, each.text, " ", source(table, each.source))),
    amounts.length
      ? paragraph(`${table.words.unsure} ${offer.variant ? "" : table.supports[offer.id].note}`)
      : null,
    reasons(table, offer.because),
  );
};

const desk = (table, { name, text, address, contact: known, year }) =>
  make(
    "div",
    { class: "fact" },
    make("h3", { lang: "nl", dir: "auto" }, name),
    make("p", {}, text),
    address ? make("p", {}, make("bdi", { lang: "nl" }, address)) : null,
    Object.keys(known).length ? contactLines(table.words, known) : null,
    make("p", { class: "dates" }, year),
  );

const places = (table, ids) =>
  ids.length
    ? fold(
        table.words.places,
        ...table.places.filter(({ id }) => ids.includes(id)).map((each) => desk(table, each)),
      )
    : null;

const help = (table, decision, open) =>
  open.length
    ? section(
        table.words.what,
        named(
          list(
            "ul",
            open.map((each) => supportLine(table, each)),
          ),
          "helps",
        ),
        fold(table.words.everything, ...decision.supports.map((each) => supportCard(table, each))),
      )
    : section(table.words.what, paragraph(table.words.nothing));

const countryLines = (lines) =>
  lines.map(([text, year]) =>
    make("p", {}, text, year ? make("span", { class: "by" }, " (", leftToRight(year), ")") : null),
  );

// The whole is read on a page about all countries: the address of one would tell which one it is.
const country = (table, known, href) =>
  known &&
  section(
    known.name,
    ...countryLines(known.lines),
    make("p", {}, make("a", inNewTab(href), table.words.countries)),
  );

const toBring = ({ words }, { bring, moreToBring }) =>
  bring.length || moreToBring.length
    ? section(
        words.bring,
        named(list("ul", bring), "bring"),
        moreToBring.length ? fold(moreOf(words, words.bring), named(list("ul", moreToBring), "bring")) : null,
      )
    : null;

const meaning = ({ words }, { first, short, more }, stop) =>
  make(
    "section",
    { class: "meaning" },
    make("h1", { tabindex: "-1" }, words.meaning),
    paragraph(first),
    short.length ? paragraph(short.join(" ")) : null,
    ...countryLines(stop),
    paragraph(words.information, "dates"),
    more.length ? fold(moreOf(words, words.meaning), named(list("ul", more), "reasons")) : null,
  );

const answerTexts = (question, given) => {
  const texts = Object.fromEntries([...question.options, ...question.countries]);
  return [given].flat().map((id) => make("span", { class: "given" }, texts[id]));
};

const answerRow = ({ words }, question, given, onChange) =>
  make(
    "div",
    {},
    make("dt", {}, question.text),
    make("dd", {}, ...answerTexts(question, given)),
    make(
      "dd",
      { class: "change" },
      make(
        "button",
        { type: "button", class: "quiet", onclick: () => onChange(question) },
        words.change,
        make("span", { class: "hidden" }, `: ${question.text}`),
      ),
    ),
  );

const answersAndWhy = (table, answers, decision, onChange) => {
  const asked = table.questions.filter(({ id }) => id in answers);
  return fold(
    table.words.answers,
    make(
      "dl",
      { class: "summary" },
      ...asked.map((each) => answerRow(table, each, answers[each.id], onChange)),
    ),
    make("h2", {}, table.words.reasons),
    list(
      "ul",
      told(table, decision.rules).map((rule) => [
        table.rules[rule][0],
        " ",
        source(table, table.rules[rule][1]),
      ]),
    ),
    paragraph(`${table.words.version}${table.policy.version}`, "receipt"),
  );
};

// For everybody, whatever they answered.
const atEnd = ({ contacts }) =>
  Object.values(contacts)
    .filter((each) => each.atEnd)
    .map((each) =>
      make(
        "p",
        { class: "dates" },
        `${each.for} `,
        make("a", external(each.contact.website), leftToRight(host(each.contact.website))),
      ),
    );

/**
 * The result, in the order of the letter. `message` says what changed, where something did; `pages`
 * has the addresses of pages about `countries` and a `wrong` number; `onChange` gets the question
 * whose answer somebody wants to change.
 */
export const resultParts = (table, answers, decision, { message, pages, onChange }) => {
  const { words } = table;
  const said = letter(table, answers, decision);
  return [
    message ? make("p", { class: "notice", role: "status" }, message) : null,
    meaning(table, said.meaning, said.country?.stop ?? []),
    section(
      words.now,
      stepList(table, said.steps, said.dutch, 1),
      said.later.length
        ? fold(words.then, stepList(table, said.later, said.dutch, said.steps.length + 1))
        : null,
    ),
    section(
      words.who,
      ...said.cards.map((each) => card(table, each, said.dutch)),
      places(table, decision.places),
      fold(
        words.everybody,
        ...everybody(table, decision),
        make("p", {}, make("a", inNewTab(pages.wrong), words.wrong)),
      ),
    ),
    help(table, decision, said.supports),
    country(table, said.country, pages.countries),
    toBring(table, said),
    answersAndWhy(table, answers, decision, onChange),
    ...atEnd(table),
  ];
};
