// Encrypts to the server's public key, so that this phone cannot read what it keeps.
const label = "dispatch/outbox/v1";

/** @import { Envelope } from "./types" */

/** @param {Uint8Array} bytes */
function encode(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} text */
function decode(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}

/** @param {object} body @param {string} idempotencyKey @returns {Promise<Envelope>} */
export async function seal(body, idempotencyKey) {
  const { serverKey, serverKeyId } = document.body.dataset;
  if (!serverKey || !serverKeyId || !globalThis.crypto?.subtle) throw new Error("no sealing here");
  const utf8 = new TextEncoder();
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const server = await crypto.subtle.importKey("raw", decode(serverKey), curve, false, []);
  const own = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(curve, false, ["deriveBits"]));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, own.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8.encode(label) },
    material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const box = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: utf8.encode(idempotencyKey) }, key, utf8.encode(JSON.stringify(body)));
  const epk = await crypto.subtle.exportKey("raw", own.publicKey);
  return { kid: serverKeyId, epk: encode(new Uint8Array(epk)), iv: encode(iv), box: encode(new Uint8Array(box)) };
}

/** A random id, also where randomUUID is missing. Null when this browser has no randomness. @returns {string | null} */
export function randomId() {
  if (typeof globalThis.crypto?.randomUUID === "function") return crypto.randomUUID();
  if (typeof globalThis.crypto?.getRandomValues !== "function") return null;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] ?? 0) & 0x0f | 0x40;
  bytes[8] = (bytes[8] ?? 0) & 0x3f | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
