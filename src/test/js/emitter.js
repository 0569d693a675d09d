"use strict";
/*
 * @socket.io/redis-emitter: reaches the clients of a cluster without being one of its servers. Driven by lines (lib/lines.js);
 * by hand, with `npm ci` done once:
 *
 *   node emitter.js
 *   {"id":1,"do":"connect","redis":"redis://127.0.0.1:6379","options":{"key":"socket.io"}}
 *   {"id":2,"do":"emit","rooms":["a"],"flags":{"volatile":true},"args":["hello",1]}
 *
 * Every command but `connect` takes `nsp`, and those that address sockets `rooms`, `except` and `flags` (volatile, compress).
 * The emitter does not wait for Redis, so that each command ends with a round trip of its own: once it is answered, Redis has it.
 */
const { Emitter } = require("@socket.io/redis-emitter");
const { serve } = require("./lib/lines");
const { addressed } = require("./lib/operator");
const { connectRedis } = require("./lib/redis");

let redis;
let emitter;

const of = ({ nsp = "/" }) => emitter.of(nsp);

function published(publish) {
  return async (command) => {
    publish(command);
    await redis.ping();
  };
}

serve({
  /** `{redis, options?: {key}}`. */
  async connect({ redis: url, options }) {
    redis = await connectRedis(url);
    emitter = new Emitter(redis, options);
  },
  /** `{args: [event, ...]}`. */
  emit: published((command) => addressed(of(command), command).emit(...command.args)),
  /** `{join: [room, ...]}`. */
  socketsJoin: published((command) => addressed(of(command), command).socketsJoin(command.join)),
  /** `{leave: [room, ...]}`. */
  socketsLeave: published((command) => addressed(of(command), command).socketsLeave(command.leave)),
  /** `{close?}`. */
  disconnectSockets: published((command) => addressed(of(command), command).disconnectSockets(command.close)),
  /** `{args: [event, ...]}`. */
  serverSideEmit: published((command) => of(command).serverSideEmit(...command.args)),
});
