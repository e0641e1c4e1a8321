// read-aloud.js — 朗读: speaks the title, then paragraph by paragraph, marking the one spoken. Never starts by itself.
const button = document.querySelector("[data-action=aloud]");
const stop = document.querySelector("[data-action=silence]");
const article = document.querySelector("[data-spoken]");
const speech = window.speechSynthesis;
let parts = [];
let spoken = null;

const chineseVoice = () => speech.getVoices().find((voice) => voice.lang.startsWith("zh"));

function mark(element) {
  spoken?.classList.remove("is-spoken");
  spoken = element;
  spoken?.classList.add("is-spoken");
}

function label(text) {
  button.textContent = text;
  stop.hidden = text === "朗读";
}

function silence() {
  parts = [];
  speech.cancel();
  mark(null);
  label("朗读");
}

function speakNext() {
  const part = parts.shift();
  if (!part) return silence();
  mark(part);
  const words = new SpeechSynthesisUtterance(part.textContent);
  words.lang = "zh-CN";
  words.voice = chineseVoice();
  words.rate = 0.9;
  words.onend = () => spoken === part && speakNext();
  speech.speak(words);
}

function toggle() {
  if (!spoken) {
    parts = [...article.querySelectorAll("h1, .prose :is(p, h2, h3, h4, li, blockquote, figcaption, tr)")]
      .filter((part) => !part.parentElement.closest("li, blockquote"));
    label("暂停");
    speakNext();
  } else if (speech.paused) {
    speech.resume();
    label("暂停");
  } else {
    speech.pause();
    label("继续");
  }
}

if (speech && button && article) {
  const offer = () => { button.hidden = !chineseVoice(); };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", toggle);
  stop.addEventListener("click", silence);
  addEventListener("pagehide", () => spoken && silence());
}
