"use strict";
/*
 * The MessagePack of the Node.js cluster (notepack.io), on its own. Driven by lines (lib/lines.js); by hand, with `npm ci` done once:
 *
 *   node codec.js
 *   {"id":1,"do":"decode","bytes":{"$bin":"kwECAw=="}}
 */
const msgpack = require("notepack.io");
const { serve } = require("./lib/lines");

/** A request or a response is JSON if it starts with a brace, as the Redis adapter has it. */
const read = (bytes) => (bytes[0] === 0x7b ? JSON.parse(bytes.toString()) : msgpack.decode(bytes));

serve({
  decode: ({ bytes }) => read(bytes),
  encode: ({ value }) => msgpack.encode(value),
});
