// Copies a text with one press. Without it, the text is selected and copied by hand.

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
