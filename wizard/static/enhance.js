// Everything works without this file; it makes some things easier on every page.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Offer to read the page aloud where the device itself has a voice for its language: any other voice
// would send what it reads, and so what was answered, to its maker.
const readAloud = document.querySelector("[data-read-aloud]");
if (readAloud && "speechSynthesis" in window) {
  const { lang } = document.documentElement;
  const offer = () => {
    const voices = speechSynthesis.getVoices();
    readAloud.hidden = !voices.some(
      (voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === lang,
    );
  };
  readAloud.addEventListener("click", async () => {
    (await import(readAloud.dataset.readAloud)).toggle(readAloud);
  });
  // Voices can come late. Not as a listener: older Safari has none here.
  speechSynthesis.onvoiceschanged = offer;
  offer();
}

// Once the page is there, keep the questions in this language for when there is no network.
if ("serviceWorker" in navigator && !location.pathname.endsWith("/offline")) {
  addEventListener("load", async () => {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: document.documentElement.lang });
  });
}

// Leave quickly: wipe, and put a harmless page in the place of this one. Three times Escape too.
const leaving = document.querySelector(".leave");
const wipe = (to) => {
  fetch(leaving.action, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
  document.body.hidden = true;
  location.replace(to);
};
leaving?.addEventListener("submit", (event) => {
  event.preventDefault();
  wipe(leaving.dataset.to);
});
if (leaving) onThreeEscapes(() => wipe(leaving.dataset.to));

const idle = document.querySelector(".idle");
if (idle) whenNobodyIsHere(idle, () => wipe(idle.dataset.start))();
