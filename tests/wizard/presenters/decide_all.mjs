// Reads {"table": ..., "sets": [answers, ...]} and writes one decision a line.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { decide, walk } = await import(pathToFileURL(process.argv[2]));
const { table, sets } = JSON.parse(readFileSync(0, "utf8"));
for (const given of sets) {
    const { answers, next } = walk(table, given);
    process.stdout.write(JSON.stringify(next ? { next: next.id } : decide(table, answers)) + "\n");
}
