// reading-aids.js — 标准 大字 特大 高对比 深色 打印: sets data-size and data-look on <html> and remembers them.
const root = document.documentElement;
const aids = document.querySelector(".aids");
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.look ? root.dataset.look === "dark" : systemIsDark.matches);

function remember() {
  try {
    localStorage.setItem("reading", JSON.stringify({ size: root.dataset.size, look: root.dataset.look }));
  } catch { /* storage is closed: the choice holds for this page */ }
}

function choose(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
}

const actions = {
  size(button) { choose("size", button.value); },
  contrast() { choose("look", root.dataset.look === "contrast" ? "" : "contrast"); },
  dark() {
    const wanted = isDark() ? "light" : "dark";
    choose("look", (wanted === "dark") === systemIsDark.matches ? "" : wanted);
  },
  more(button) { button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") !== "true"); },
  print() { print(); },
};

function show() {
  for (const button of aids.querySelectorAll("[aria-pressed]")) {
    const { action } = button.dataset;
    const pressed = action === "size" ? (root.dataset.size || "") === button.value
      : action === "dark" ? isDark()
      : action === "contrast" && root.dataset.look === "contrast";
    button.setAttribute("aria-pressed", pressed);
  }
}

if (aids) {
  aids.addEventListener("click", ({ target }) => {
    const action = actions[target.dataset.action];
    if (!action) return;
    action(target);
    show();
    remember();
  });
  systemIsDark.addEventListener?.("change", show);
  show();
}
