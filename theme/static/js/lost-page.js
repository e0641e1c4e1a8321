// lost-page.js — on the page for what is not here, the search field already holds the words of the lost address.
const lost = document.querySelector("#error-q");

if (lost) {
  try {
    const last = decodeURIComponent(location.pathname).split("/").filter(Boolean).pop() ?? "";
    lost.value = last.replace(/\.\w{1,5}$/, "").replace(/-(?=[a-z0-9]*\d)[a-z0-9]{6}$/, "").replace(/[-_+]+/g, " ").trim().slice(0, 40);
  } catch {
    // an address that cannot be decoded has no words
  }
}
