// The result as a letter: what stands open, in which order, and what is folded. Pure functions, as on
// the server (wizard/presenters/letter.py); the tests compare the two.

import { derived, holds } from "./decide.js";

const MEANINGS = 3;
const STEPS = 3;
const OTHER_CARDS = 2;
const SUPPORTS = 3;
const COUNTRY_LINES = 2;

const known = (table, id) => {
  const { name, for: what, contact } = table.contacts[id] ?? table.organisations[id];
  return { id, name, what, contact };
};

const withDetails = ({ contact }) => Object.keys(contact).length > 0;

// A stop takes the place of the last of what stands open beside it.
const meaning = (table, { situation }, withStop) => {
  const texts = situation.map(({ id, variant }) => table.situations[id].texts[variant ?? ""]);
  const [[first], ...others] = texts;
  const open = others.slice(0, MEANINGS - (withStop ? 2 : 1));
  return {
    first,
    short: open.map(([whole, short]) => short || whole),
    more: others.filter((each) => each[1] || !open.includes(each)).map(([whole]) => whole),
  };
};

// A step names nobody whom a step above it has named, and says no second time whom to go to.
const steps = (table, { next_steps }) => {
  const named = new Set();
  const said = new Set();
  return next_steps.map(({ id, contacts }) => {
    const { do: what, more, who, fold } = table.steps[id];
    const reach = contacts
      .map((each) => known(table, each))
      .filter((each) => withDetails(each) && !named.has(each.id));
    const step = { id, do: what, more, fold, who: said.has(who) ? "" : who, reach };
    reach.forEach((each) => named.add(each.id));
    said.add(who);
    return step;
  });
};

const openCards = (table, { situation, organisations }) => {
  const few = situation.some(({ id }) => table.situations[id].few);
  const isFirst = ({ id }) => table.organisations[id].first;
  const kind = (wanted) =>
    organisations.filter((each) => !isFirst(each) && table.roles[each.role].card === wanted);
  const kinds = few ? ["promised"] : ["promised", "always", "best"];
  const best = kinds.flatMap(kind).slice(0, OTHER_CARDS);
  const others = best.length || few ? best : kind("else").slice(0, 1);
  return organisations.filter((each) => isFirst(each) || others.includes(each));
};

const cards = (table, decision, open) => {
  const named = new Set(open.flatMap((step) => step.reach.map(({ id }) => id)));
  return openCards(table, decision).map((card) => {
    const reach = known(table, card.id);
    return { ...card, reach: withDetails(reach) && !named.has(card.id) ? reach : null };
  });
};

// What to say in Dutch, by whose number: those that stand open first, and no line twice.
const dutch = (table, steps, cards) => {
  const reached = [
    ...steps.slice(0, STEPS).flatMap((step) => step.reach),
    ...cards.map((card) => card.reach),
    ...steps.slice(STEPS).flatMap((step) => step.reach),
  ];
  const called = [...new Set(reached.filter((each) => each?.contact.phone).map(({ id }) => id))];
  return Object.fromEntries(called.slice(0, table.dutch.length).map((id, at) => [id, table.dutch[at]]));
};

// A letter must stay short: where many organisations stand open, only a stop is spoken of. It stands
// beside the word that one must return, where that is said.
const country = (table, answers, facts, cards, { situation }) => {
  const few = cards.length > OTHER_CARDS;
  const code = answers[table.lookup.question];
  const key = table.about.by.map((fact) => (facts[fact] === "yes" ? "y" : "n")).join("");
  const numbers = table.about.of[code]?.[key];
  if (!numbers) return null;
  const asked = table.questions.find(({ id }) => id === table.lookup.question);
  const name = asked.countries.find(([each]) => each === code)[1];
  const withStop = situation.slice(0, MEANINGS - 1).some(({ id }) => table.situations[id].withStop);
  const isStop = (number) => table.about.stops.includes(number);
  const stop = numbers.filter((number) => withStop && isStop(number));
  const others = numbers.filter((number) => !stop.includes(number));
  const lines = others.filter((number) => isStop(number) || !few).slice(0, COUNTRY_LINES);
  const said = (number) => table.about.lines[number];
  return { name, stop: stop.map(said), lines: lines.map(said) };
};

const bring = (table, facts, isFolded) =>
  table.bring.filter(([, when, fold]) => fold === isFolded && holds(when, facts)).map(([text]) => text);

/** The letter for complete answers and the decision that follows from them. */
export const letter = (table, answers, decision) => {
  const facts = derived(table, answers);
  const all = steps(table, decision);
  const open = all.slice(0, STEPS);
  const shown = cards(table, decision, open);
  const about = country(table, answers, facts, shown, decision);
  return {
    meaning: meaning(table, decision, Boolean(about?.stop.length)),
    steps: open,
    later: all.slice(STEPS),
    cards: shown,
    supports: decision.supports.slice(0, SUPPORTS),
    country: about,
    bring: bring(table, facts, false),
    moreToBring: bring(table, facts, true),
    dutch: dutch(table, all, shown),
  };
};
