// Keeps one page, its scripts and the table of each language that was visited; never an answer.
"use strict";

const KEPT = "terugkeerwijzer";
const SCRIPTS = {{ scripts|tojson }};
const pageOf = (tag) => `/${tag}/offline`;
// What we keep is the same for everybody, whatever a request says of languages or encodings.
const ANY = { ignoreVary: true };
const tableOf = (tag) => `/${tag}/offline.json`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(forgetOldScripts().then(() => clients.claim())));
addEventListener("message", (event) => event.waitUntil(keep(event.data.keep)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offlinePage(path)));
  else if (SCRIPTS.some((script) => request.url.endsWith(script)) || path.endsWith("/offline.json"))
    event.respondWith(fetch(request).then(update(request), () => kept(request)));
});

async function keep(tag) {
  const cache = await caches.open(KEPT);
  for (const address of [pageOf(tag), tableOf(tag), ...SCRIPTS]) {
    const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
    if (answer.ok) await cache.put(address, answer);
  }
}

const update = (request) => async (answer) => {
  if (answer.ok) await (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
};

const kept = async (request) => (await caches.match(request, ANY)) ?? Response.error();

// The page in the language of the address, else in any language that was visited.
async function offlinePage(path) {
  const cache = await caches.open(KEPT);
  const own = await cache.match(pageOf(path.split("/")[1]), ANY);
  if (own) return own;
  const pages = (await cache.keys()).filter(({ url }) => url.endsWith("/offline"));
  return pages.length ? cache.match(pages.at(-1), ANY) : Response.error();
}

async function forgetOldScripts() {
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) {
    const isScript = new URL(request.url).pathname.startsWith("/static/");
    if (isScript && !SCRIPTS.some((script) => request.url.endsWith(script))) await cache.delete(request);
  }
}
