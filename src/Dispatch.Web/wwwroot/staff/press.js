// Nothing moves under a finger: where a page is drawn anew between down and up, the press lands on nothing, or on another row.

/** How long an answer waits for a finger, in ms: a press is shorter; who drags or holds must still see what happens. */
const longest = 1000;
/** @type {Promise<void> | null} */
let pressing = null;
let lift = () => {};

addEventListener("pointerdown", () => {
  lift();
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const press = pressing = new Promise((done) => {
    lift = () => { clearTimeout(timer); if (pressing === press) pressing = null; done(); };
    timer = setTimeout(lift, longest);
  });
}, true);
// The click follows the end of the press: what waited goes on after it.
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { const now = lift; setTimeout(() => now()); }, true);

/** Waits, a second at most, until no finger is down. */
export const lifted = async () => { while (pressing) await pressing; };
