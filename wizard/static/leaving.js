// What every script needs with which somebody can leave.

// The server opens the answers with two cookies: the sealed one, and this one, which a script can
// take away. With TLS it has the second name.
const OPENERS = ["opener", "__Host-opener"];

// The value that opens the answers of this browser; none where nothing was answered.
export const valueThatOpens = () =>
  document.cookie
    .split("; ")
    .map((each) => each.split("="))
    .find(([name]) => OPENERS.includes(name))?.[1];

export const deleteOpeners = () => {
  document.cookie = "opener=; Path=/; Max-Age=0; SameSite=Lax";
  document.cookie = "__Host-opener=; Path=/; Max-Age=0; Secure; SameSite=Lax";
};

let ending = false;

// Whether this page is about to be left.
export const isEnding = () => ending;

// Whatever holds answers in this page, or is about to send some, hears "ending".
export const endHere = () => {
  ending = true;
  dispatchEvent(new Event("ending"));
};

// Close the answers on this device: at once, and without the network. To be called before any
// request.
export const closeAnswers = () => {
  endHere();
  deleteOpeners();
};

// Three times Escape within two seconds.
export const onThreeEscapes = (leave) => {
  let escapes = [];
  const count = (event) => {
    if (event.key !== "Escape") return;
    // One that closes an open list is none of the three.
    if (document.activeElement?.getAttribute("aria-expanded") === "true") return;
    escapes = [...escapes.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    if (escapes.length < 3) return;
    // For the browser Escape means "stop loading": it would stop the page that we go to. So would
    // the fourth one of somebody in fear.
    event.preventDefault();
    if (escapes.length === 3) leave();
  };
  // Before anything in the page can keep the key for itself.
  addEventListener("keydown", count, { capture: true });
};

// Nobody here for a while: ask, and end when nobody answers. Begins with the first touch, or with
// a call of what it gives back.
export const whenNobodyIsHere = (idle, end) => {
  const minutes = (number) => number * 60_000;
  let asking, ending;
  const wait = () => {
    clearTimeout(asking);
    clearTimeout(ending);
    asking = setTimeout(
      () => {
        idle.showModal();
        ending = setTimeout(end, minutes(Math.min(2, idle.dataset.minutes)));
      },
      minutes(Number(idle.dataset.minutes)),
    );
  };
  idle.querySelector("button").addEventListener("click", () => {
    idle.close();
    // Not only when it says that it closed: that comes later, and the time may run out before.
    wait();
  });
  idle.addEventListener("close", wait);
  for (const sign of ["pointerdown", "keydown", "scroll"])
    addEventListener(sign, () => idle.open || wait(), { passive: true });
  return wait;
};
