// Everything works without this file; it makes some things easier on every page.

import "./ending.js";
import { canRead } from "./voices.js";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Offer to read the page aloud where the device has a voice for its language.
const readAloud = document.querySelector("[data-read-aloud]");
if (readAloud && "speechSynthesis" in window) {
  const { lang } = document.documentElement;
  const offer = () => {
    readAloud.hidden = !speechSynthesis.getVoices().some((voice) => canRead(voice, lang));
  };
  readAloud.addEventListener("click", async () => {
    (await import(readAloud.dataset.readAloud)).toggle(readAloud);
  });
  // Voices can come late. Not as a listener: older Safari has none here.
  speechSynthesis.onvoiceschanged = offer;
  offer();
}

// Once the page is there, keep the questions in this language for when there is no network.
const keepForLater = async () => {
  const { serviceWorker } = navigator;
  const tell = (worker) => worker?.postMessage({ keep: document.documentElement.lang });
  // The worker of a newer version starts with what the former one had kept: it may have missed this.
  if (serviceWorker.controller)
    serviceWorker.addEventListener("controllerchange", () => tell(serviceWorker.controller));
  await serviceWorker.register("/sw.js");
  tell((await serviceWorker.ready).active);
};
if ("serviceWorker" in navigator)
  addEventListener("load", () => {
    // Without a network, or where the browser keeps nothing, the pages work as they are.
    keepForLater().catch(() => {});
  });
