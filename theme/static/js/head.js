// Runs in <head> before the first paint: what a reader chose, and what today's date in China switches on.
(function (root) {
  var sizes = { l: 1, xl: 1 }, looks = { light: 1, dark: 1, contrast: 1 }, chosen = {};
  root.classList.add("js");
  try { chosen = JSON.parse(localStorage.getItem("reading")) || {}; } catch (error) { /* storage is closed: nothing was chosen */ }
  if (sizes[chosen.size]) root.dataset.size = chosen.size;
  if (looks[chosen.look]) root.dataset.look = chosen.look;
  var now = new Date(Date.now() + 288e5).toISOString(), on = {};
  (root.dataset.dated || "").split(" ").forEach(function (entry) {
    var part = entry.split("/");
    if (part[0]) on[part[0]] = on[part[0]] || (now >= part[1] && (!part[2] || part[2] > now));
  });
  for (var name in on) root.classList[on[name] ? "add" : "remove"](name);
})(document.documentElement);
