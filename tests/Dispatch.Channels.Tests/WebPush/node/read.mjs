// Reads pushes as a browser would, by an implementation that is not ours. One JSON object a line in, one text a line out.
import { createECDH } from "node:crypto";
import { createInterface } from "node:readline";
import ece from "http_ece";

for await (const line of createInterface({ input: process.stdin })) {
  const { body, privateKey, auth } = JSON.parse(line);
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(Buffer.from(privateKey, "base64url"));
  const text = ece.decrypt(Buffer.from(body, "base64url"), { version: "aes128gcm", privateKey: pair, authSecret: auth });
  process.stdout.write(`${JSON.stringify(text.toString("utf8"))}\n`);
}
