// Her own short code for the house's tablet.
import { call, explain } from "../staff/api.js";
import { input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

export function listenPin() {
  part("pin-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await call("PUT", "/api/v1/me/pin", { pin: input("newPin").value, password: input("pinPassword").value });
    part("pin-said").dataset.kind = answer.ok ? "good" : "stop";
    write(part("pin-said"), answer.ok ? say("shelter.pinKept") : explain(answer));
    if (answer.ok) /** @type {HTMLFormElement} */ (part("pin-form")).reset();
  });
}
