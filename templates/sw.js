// Makes the questions work without a network: keeps the scripts, and one page and its table for each
// language that was visited; never an answer. What cannot be kept is left: it is no error.
"use strict";

const SCRIPTS = {{ scripts|tojson }};
// Each version has a store of its own, so that a new one is complete before the old one goes.
const KEPT = "terugkeerwijzer-{{ version }}";
// What we keep is the same for everybody, whatever a request says of languages or encodings.
const ANY = { ignoreVary: true };
const OF_A_SCRIPT = /\/static\/[^"]+\.js\?v=\w+/g;

const pageOf = (tag) => `/${tag}/offline`;
const tableOf = (tag) => `/${tag}/offline.json`;
const addressOf = (request) => request.url.slice(location.origin.length);

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => event.waitUntil(keep(event.data.keep).catch(() => {})));
addEventListener("fetch", (event) => {
  const { request } = event;
  // What changes something is between the browser and the server: sent on by us it would look like
  // ours, also where another website sent it, and a page of ours would look like success.
  if (request.method !== "GET" || !request.url.startsWith(`${location.origin}/`)) return;
  const address = addressOf(request);
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offlinePage(address)));
  else if (address.endsWith("/offline.json")) event.respondWith(freshTable(event));
  else if (SCRIPTS.includes(address)) event.respondWith(fetch(request).catch(() => kept(request)));
});

// All or nothing: where this fails the former worker stays, with all that it kept.
async function prepare() {
  const cache = await caches.open(KEPT);
  await Promise.all(SCRIPTS.map(async (script) => put(cache, script, await ask(script))));
  for (const tag of await languages()) await keep(tag);
  await skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await clients.claim();
}

// The languages that any version has kept.
async function languages() {
  const tags = new Set();
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      if (request.url.endsWith("/offline")) tags.add(addressOf(request).split("/")[1]);
  return tags;
}

async function keep(tag) {
  const [page, table] = await Promise.all([ask(pageOf(tag)), ask(tableOf(tag))]);
  // A language that is there no more.
  if (page.status === 404) return;
  const scripts = (await page.clone().text()).match(OF_A_SCRIPT);
  // While a new version is rolled out: the page of another one needs scripts that we do not have.
  if (!scripts?.every((script) => SCRIPTS.includes(script))) throw new Error("of another version");
  const cache = await caches.open(KEPT);
  await put(cache, tableOf(tag), table);
  await put(cache, pageOf(tag), page);
}

const ask = (address) => fetch(address, { cache: "no-cache", credentials: "omit" });

// Only what is whole and ours: no error page, no redirect, nothing of which we cannot see the kind.
async function put(cache, address, answer) {
  if (!answer.ok || answer.redirected || answer.type !== "basic")
    throw new Error(`not to be kept: ${address}`);
  await cache.put(address, answer);
}

// The network's answer, whatever comes of our copy of it.
async function freshTable(event) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    const copy = answer.clone();
    event.waitUntil(caches.open(KEPT).then((cache) => put(cache, request, copy)).catch(() => {}));
    return answer;
  } catch {
    return kept(request);
  }
}

// Our own copy, also where the storage itself fails.
const kept = (request) =>
  caches.match(request, ANY).then((answer) => answer ?? Response.error(), () => Response.error());

// The page in the language of the address, else in any language that was visited.
async function offlinePage(address) {
  const cache = await caches.open(KEPT).catch(() => null);
  const pages = ((await cache?.keys()) ?? []).filter(({ url }) => url.endsWith("/offline"));
  const own = pages.find((page) => addressOf(page) === pageOf(address.split("/")[1]));
  return pages.length ? kept(own ?? pages.at(-1)) : Response.error();
}
