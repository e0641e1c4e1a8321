// copy-link.js — 复制链接: title and address on the clipboard, said in a status line.
const button = document.querySelector("[data-action=copy]");

function copyByField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  button.focus();
  return done;
}

async function copy() {
  const text = `${document.querySelector("h1").textContent.trim()} ${location.href.split("#")[0]}`;
  let done;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    done = copyByField(text); // not a secure context, or an old engine
  }
  document.querySelector("[data-said=copy]").textContent = done ? "已复制。" : "没有复制成功，请从地址栏复制。";
}

button?.addEventListener("click", copy);
