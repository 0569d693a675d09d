"use strict";
/*
 * The conversation of a script with the test that drives it, one JSON object a line.
 *
 *   test  -> {"id": 1, "do": "emit", ...fields}
 *   script -> {"id": 1, "ok": true, "value": ...} or {"id": 1, "ok": false, "error": "..."}
 *   script -> {"event": "received", ...}             whenever something happens
 *
 * JSON lacks some values; they are written {"$bin": "<base64>"}, {"$undefined": true} and {"$date": "<ISO 8601>"}.
 * The script ends when its standard input does, so that no test leaves one behind.
 */
const readline = require("node:readline");

/** Carries out commands, in the order in which they come, by handlers named like them; `undefined` is answered as null. */
function serve(handlers) {
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", (line) => answer(handlers, JSON.parse(line)));
  lines.on("close", () => process.exit(0));
}

async function answer(handlers, command) {
  const { id, do: name, ...fields } = command;
  try {
    if (!Object.hasOwn(handlers, name)) {
      throw new Error("no such command: " + name);
    }
    write({ id, ok: true, value: toLine((await handlers[name](fromLine(fields))) ?? null) });
  } catch (error) {
    write({ id, ok: false, error: String(error.message ?? error) });
  }
}

/** Tells the test that something happened. */
function tell(event, fields) {
  write({ event, ...toLine(fields ?? {}) });
}

function write(object) {
  process.stdout.write(JSON.stringify(object) + "\n");
}

/** The values that JSON lacks, from their form on the line. */
function fromLine(value) {
  if (Array.isArray(value)) {
    return value.map(fromLine);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (typeof value.$bin === "string") {
    return Buffer.from(value.$bin, "base64");
  }
  if (typeof value.$date === "string") {
    return new Date(value.$date);
  }
  if (value.$undefined === true) {
    return undefined;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromLine(item)]));
}

/** The other way round; functions, such as ack callbacks, are left out. */
function toLine(value) {
  if (value === undefined) {
    return { $undefined: true };
  }
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const bytes = value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $bin: bytes.toString("base64") };
  }
  if (value instanceof Date) {
    return { $date: value.toISOString() };
  }
  if (value instanceof Set) {
    return toLine([...value]);
  }
  if (Array.isArray(value)) {
    return value.filter((item) => typeof item !== "function").map(toLine);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => typeof item !== "function")
      .map(([key, item]) => [key, toLine(item)]),
  );
}

module.exports = { serve, tell };
