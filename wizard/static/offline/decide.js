// Decides without a network, by the table that the server made from its own policy.
// Pure functions: a table and answers in, ids out. The tests compare them with the server.

/** Whether a condition in its short form holds for these facts. */
export const holds = (condition, facts) => {
  const [kind, ...rest] = condition;
  switch (kind) {
    case "is": {
      const [fact, ...values] = rest;
      return [facts[fact] ?? []].flat().some((value) => values.includes(value));
    }
    case "not":
      return !holds(rest[0], facts);
    case "all":
      return rest.every((part) => holds(part, facts));
    case "any":
      return rest.some((part) => holds(part, facts));
    case "atLeast":
      return rest.slice(1).filter((part) => holds(part, facts)).length >= rest[0];
  }
};

const lookup = (table, answers) => {
  const { question, most, others } = table.lookup;
  return question in answers ? (others[answers[question]] ?? most) : {};
};

/** The answers whose question is asked, and the first question without an answer. */
export const walk = (table, answers) => {
  const kept = {};
  for (const question of table.questions) {
    if (!holds(question.asked, { ...lookup(table, kept), ...kept })) continue;
    if (!(question.id in answers)) return { answers: kept, next: question };
    kept[question.id] = answers[question.id];
  }
  return { answers: kept, next: null };
};

/** An answer in its one form: what stands alone gives way to what is said beside it. */
export const canonical = (question, given) => {
  if (question.type !== "several") return given;
  const chosen = question.options.filter(([id]) => given.includes(id));
  const specific = chosen.filter(([, , exclusive]) => !exclusive);
  return (specific.length ? specific : chosen.slice(0, 1)).map(([id]) => id);
};

const fire = (table, answers) => {
  const facts = { ...answers, ...lookup(table, answers) };
  const fired = new Set();
  const last = Math.max(...table.productions.map((production) => production.layer));
  for (let layer = 0; layer <= last; layer++) {
    const now = table.productions.filter(
      (production) => production.layer === layer && holds(production.when, facts),
    );
    for (const production of now) {
      fired.add(production);
      Object.assign(facts, production.sets);
    }
  }
  return { facts, fired: table.productions.filter((production) => fired.has(production)) };
};

const because = (productions) => [...new Set(productions.map((production) => production.rule))];

const named = (fired, kind, names) =>
  names
    .map((id) => ({ id, by: fired.filter(({ then }) => then[0] === kind && then[1] === id) }))
    .filter(({ by }) => by.length);

/** What the rules derive for complete answers, with the answers and what is on record. */
export const derived = (table, answers) => fire(table, answers).facts;

/** The decision for complete answers. */
export const decide = (table, answers) => {
  const { facts, fired } = fire(table, answers);
  const best = Object.keys(table.roles);
  const wanted = (answers[table.orderedBy] ?? []).filter((want) => want !== table.unknown);
  const place = ({ id }) => {
    const support = table.supports[id];
    if (!wanted.length || support.wanted.some((want) => wanted.includes(want))) return 0;
    return support.after ? 1 : 2;
  };
  const shown = (id, by) =>
    table.amounts
      .filter(
        (each) =>
          each.support === id &&
          by.some(({ then }) => then[2] === each.by) &&
          (!each.rule || by.some(({ rule }) => rule === each.rule)) &&
          holds(each.when, facts),
      )
      .map((each) => each.id);
  const sets = (id) => fired.filter(({ then }) => then[0] === "certainty" && then.slice(2).includes(id));
  const supports = named(fired, "support", Object.keys(table.supports)).map(({ id, by }) => ({
    id,
    form: table.supports[id].form,
    certainty: sets(id)[0]?.then[1] ?? by[0].then[3],
    by: Object.keys(table.organisations).filter((name) => by.some(({ then }) => then[2] === name)),
    max_eur: by[0].then[4],
    because: because([...by, ...sets(id)]),
    variant: by[0].then[5],
    amounts: shown(id, by),
  }));
  const last = ({ id }) => !table.organisations[id].first;
  const organisations = named(fired, "role", Object.keys(table.organisations))
    .map(({ id, by }) => ({ id, role: by[0].then[2], because: because(by), variant: by[0].then[3] }))
    .sort((one, other) => last(one) - last(other) || best.indexOf(one.role) - best.indexOf(other.role));
  const steps = named(fired, "step", Object.keys(table.steps));
  const places = table.places.filter(
    ({ at, step }) => at === answers[table.placedBy] && (!step || steps.some(({ id }) => id === step)),
  );
  const contacts = (id) => {
    const { contacts: named, role } = table.steps[id];
    return [...named, ...organisations.filter((each) => each.role === role).map((each) => each.id)];
  };
  return {
    stage: facts.stage,
    country_view: facts.country_view,
    nationality_group: facts.nationality_group,
    situation: named(fired, "situation", Object.keys(table.situations)).map(({ id, by }) => ({
      id,
      because: because(by),
      variant: by[0].then[2],
    })),
    organisations,
    supports: supports.sort((one, other) => place(one) - place(other)),
    next_steps: steps.map(({ id, by }) => ({
      id,
      because: because(by),
      contacts: contacts(id),
    })),
    places: places.map(({ id }) => id),
    rules: because(fired),
  };
};
