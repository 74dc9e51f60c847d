// Stands before every script with which somebody can leave: see _BEFORE in assets.py.
"use strict";

// Three times Escape within two seconds.
const onThreeEscapes = (leave) => {
  let escapes = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    escapes = [...escapes.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    if (escapes.length === 3) leave();
  });
};

// Nobody here for a while: ask, and end when nobody answers. Begins with the first touch, or with
// a call of what it gives back.
const whenNobodyIsHere = (idle, end) => {
  const minutes = (number) => number * 60_000;
  let asking, ending;
  const wait = () => {
    clearTimeout(asking);
    clearTimeout(ending);
    asking = setTimeout(() => {
      idle.showModal();
      ending = setTimeout(end, minutes(Math.min(2, idle.dataset.minutes)));
    }, minutes(Number(idle.dataset.minutes)));
  };
  idle.querySelector("button").addEventListener("click", () => idle.close());
  idle.addEventListener("close", wait);
  for (const sign of ["pointerdown", "keydown", "scroll"])
    addEventListener(sign, () => idle.open || wait(), { passive: true });
  return wait;
};
