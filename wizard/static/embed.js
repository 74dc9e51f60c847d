// The questionnaire in a frame on a partner's page: how tall it is, and how to leave it.

import { onThreeEscapes, whenNobodyIsHere } from "./leaving.js";

const TYPE = "terugkeerwijzer-height";
// The page around learns a height and nothing else. An exact one would still betray which question
// or result is shown: so it comes in few, large steps, and what is taller scrolls in the frame.
const STEP = 200;
const MOST = 1600;

const isFramed = parent !== window;

// Only to the partners of the settings. Where the browser says who is around us, only to that one.
const receivers = () => {
  const partners = document.body.dataset.origins.split(" ").filter(Boolean);
  const around = location.ancestorOrigins?.[0];
  return around ? partners.filter((origin) => origin === around) : partners;
};

if (isFramed) {
  // Else the page would be at least as tall as the frame, and the frame could never shrink.
  document.body.style.minBlockSize = 0;
  const origins = receivers();
  let told;
  new ResizeObserver(([{ target }]) => {
    const tall = Math.ceil(target.getBoundingClientRect().height / STEP) * STEP;
    // A result is as tall for everybody, whatever it says.
    const height = document.querySelector(".meaning") ? MOST : Math.min(MOST, tall);
    if (height === told) return;
    told = height;
    for (const origin of origins) parent.postMessage({ type: TYPE, height }, origin);
  }).observe(document.body);
}

// Quick exit. The answers are in this page only: they are gone with it. A frame may not send the
// page around it elsewhere, so it becomes an empty page, and cannot be gone back to.
const bar = document.querySelector(".leave");
const leave = () => {
  document.body.textContent = "";
  location.replace(isFramed ? "about:blank" : bar.dataset.to);
};
const button = bar.querySelector("button");
button.hidden = false;
button.addEventListener("click", leave);
onThreeEscapes(leave);

// From the first touch on: before it there is nothing to wipe.
whenNobodyIsHere(document.querySelector(".idle"), () => location.reload());
