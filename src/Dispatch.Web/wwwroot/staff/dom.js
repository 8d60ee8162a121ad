// Small helpers: parts are found by data-*, filled with textContent, kept by key so that what is being touched is never rebuilt.

/** @param {string} name @param {ParentNode} [root] @returns {HTMLElement} */
export const part = (name, root = document) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));

/** @param {string} name @param {ParentNode} [root] @returns {HTMLInputElement} */
export const input = (name, root = document) => /** @type {HTMLInputElement} */ (root.querySelector(`[name="${name}"]`));

/** @param {string} template @returns {HTMLElement} */
export function fresh(template) {
  const source = /** @type {HTMLTemplateElement} */ (part(`template-${template}`));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (source.content.firstElementChild).cloneNode(true));
}

/** Writes only what changed; nothing to say hides the place. @param {HTMLElement} place @param {string} text */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
  place.hidden = text === "";
}

/** @param {ParentNode} root @param {Record<string, string>} values */
export function fill(root, values) {
  for (const [name, text] of Object.entries(values)) write(part(name, root), text);
}

/** @param {ParentNode} root @param {string} need */
export function picture(root, need) {
  root.querySelector("[data-picture] use")?.setAttribute("href", `#${need}`);
}

/** Makes the list show these items, in this order, reusing the element of each key.
 * @template T @param {HTMLElement} list @param {T[]} items @param {(item: T) => string} key
 * @param {(item: T) => HTMLElement} make @param {(element: HTMLElement, item: T) => void} update */
export function keyed(list, items, key, make, update) {
  const kept = new Map(Array.from(list.children, (child) => [/** @type {HTMLElement} */ (child).dataset.key, /** @type {HTMLElement} */ (child)]));
  /** @type {Element | null} */
  let place = list.firstElementChild;
  for (const item of items) {
    let element = kept.get(key(item));
    kept.delete(key(item));
    if (!element) {
      element = make(item);
      element.dataset.key = key(item);
    }
    if (element === place) place = place.nextElementSibling; else list.insertBefore(element, place);
    update(element, item);
  }
  for (const gone of kept.values()) gone.remove();
}
