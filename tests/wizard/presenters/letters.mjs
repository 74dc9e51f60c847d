// Reads {"table": ..., "sets": [answers, ...]} of whole paths and writes one letter a line, by ids.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { decide } = await import(pathToFileURL(`${process.argv[2]}/offline/decide.js`));
const { letter } = await import(pathToFileURL(`${process.argv[2]}/offline/letter.js`));
const { table, sets } = JSON.parse(readFileSync(0, "utf8"));
const ids = (each) => each.map(({ id }) => id);
const steps = (each) => each.map((step) => [step.id, step.who, ids(step.reach)]);
for (const answers of sets) {
    const said = letter(table, answers, decide(table, answers));
    const written = {
        ...said,
        steps: steps(said.steps),
        later: steps(said.later),
        cards: said.cards.map(({ id, reach }) => [id, reach?.id ?? null]),
        supports: ids(said.supports),
        dutch: Object.fromEntries(Object.entries(said.dutch).map(([id, [dutch]]) => [id, dutch])),
    };
    process.stdout.write(JSON.stringify(written) + "\n");
}
