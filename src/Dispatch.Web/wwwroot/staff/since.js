// Live "since": every element with data-since (an instant) and data-since-text (a key with {time} and {ago}) is kept true by the second.
import { now } from "./api.js";
import { hour, say, span } from "./texts.js";

export function tick() {
  for (const place of document.querySelectorAll("[data-since]")) {
    const { since, sinceText = "staff.since" } = /** @type {HTMLElement} */ (place).dataset;
    if (!since) continue;
    const text = say(sinceText, { time: hour(since), ago: span(now() - Date.parse(since)) });
    if (place.textContent !== text) place.textContent = text;
  }
}

setInterval(() => { if (!document.hidden) tick(); }, 1000);
