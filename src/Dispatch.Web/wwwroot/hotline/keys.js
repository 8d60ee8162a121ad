// Every action has a key, shown beside it. Keys never act while somebody types.

/** What was pressed, by one name on every keyboard: the row of figures writes other signs on a French one. @param {KeyboardEvent} event */
export const nameOf = (event) => event.key.length === 1 && /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] || event.key.toLowerCase();

/** Text goes there, or what an arrow chooses. @param {Element} target */
export const isTyping = (target) => Boolean(target.closest("textarea, select, input:not([type=radio], [type=checkbox])"));

/** @param {KeyboardEvent} event */
export const isOurs = (event) => !event.ctrlKey && !event.altKey && !event.metaKey;

/** @param {() => boolean} ready @param {Record<string, () => void>} actions by key, lower case */
export function listenKeys(ready, actions) {
  addEventListener("keydown", (event) => {
    if (!isOurs(event) || event.repeat && !/^(arrow|j$|k$)/i.test(event.key)) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const key = nameOf(event);
    if (target.closest("input, textarea, select") && key !== "escape") return;
    // Enter on a button or link is that button's; only in the queue it means "take".
    if (key === "enter" && target.closest("button, a, summary") && !target.closest("[data-items]")) return;
    const action = event.shiftKey && actions[`shift+${key}`] || actions[key];
    if (!action || !ready()) return;
    event.preventDefault();
    action();
  });
}

/** While a panel has the focus, the figures choose in it. @param {string} panel @param {() => HTMLElement[]} choices in the order of their figures */
export function listenFigures(panel, choices) {
  addEventListener("keydown", (event) => {
    const place = document.querySelector(`[data-${panel}]`);
    const target = event.target instanceof Element ? event.target : null;
    if (!(place instanceof HTMLElement) || place.hidden || !target || !place.contains(target) || !isOurs(event) || event.repeat || isTyping(target)) return;
    const choice = choices()[Number(nameOf(event)) - 1];
    if (!choice) return;
    event.preventDefault();
    event.stopPropagation();
    choice.click();
  }, true);
}
