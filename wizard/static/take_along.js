// Takes the text and an appointment along with what the device itself has: nothing is sent to us or
// to anybody else. Without it, the text is selected and copied by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // An old browser, or a page without TLS.
      text.select();
      if (!document.execCommand("copy")) return;
    }
    status.textContent = button.dataset.copied;
  });
}

if (navigator.share)
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { value } = document.getElementById(button.dataset.share);
      // Somebody who thinks better of it is no mistake.
      navigator.share({ text: value }).catch(() => {});
    });
  }

const appointment = document.querySelector("[data-appointment]");
const when = appointment.querySelector("input");
const pad = (number) => String(number).padStart(2, "0");

// Days and times as calendars write them: where the person is, and in that place's time.
const written = (date, part) =>
  [date[`get${part}FullYear`](), date[`get${part}Month`]() + 1, date[`get${part}Date`]()].map(pad).join("") +
  "T" +
  [date[`get${part}Hours`](), date[`get${part}Minutes`](), date[`get${part}Seconds`]()].map(pad).join("");

// Calendars know an appointment again by it. Not randomUUID: a page without TLS has none.
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map(pad).join("");

// Whoever sees the calendar sees a word that everybody has there, and nothing of us.
const calendarOf = (start) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Appointment//EN",
    "BEGIN:VEVENT",
    `UID:${unique()}`,
    `DTSTAMP:${written(new Date(), "UTC")}Z`,
    `DTSTART:${written(start, "")}`,
    `SUMMARY:${appointment.dataset.appointment}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

appointment.hidden = false;
appointment.querySelector("button").addEventListener("click", () => {
  if (!when.value) {
    when.focus();
    return;
  }
  const file = new Blob([calendarOf(new Date(when.value))], { type: "text/calendar" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "appointment.ics";
  link.click();
  // Not at once: the browser may not have read it yet.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
