"use strict";
/*
 * Writes what the real packages publish on Redis, each kind of message once, as the fixtures of the cluster codec's tests:
 *
 *   npm ci && node capture.js redis://127.0.0.1:6379 > ../resources/cluster/captured.json
 *
 * Two servers with one client each and an emitter talk to each other; a third connection listens. A fixture is
 * `{name, channel, text}` if the message is JSON, otherwise `{name, channel, hex}`; one of them has `json`, its values as a client
 * without binary ones would get them. The random ids of servers and requests are
 * numbered, so that a new run changes only what it must (socket ids, ports and times within handshakes).
 */
let uids = 0;
require.cache[require.resolve("uid2")] = { exports: () => "uid" + String(++uids).padStart(3, "0"), loaded: true };

const { setTimeout: sleep } = require("node:timers/promises");
const { Emitter } = require("@socket.io/redis-emitter");
const { io: connect } = require("socket.io-client");
const { startServer } = require("./lib/node-server");
const { connectRedis } = require("./lib/redis");

const PATIENCE_MS = 5000;
const KEY = "captured";
const EVERYTHING = [
  "everything",
  null,
  undefined,
  true,
  false,
  [0, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, Number.MAX_SAFE_INTEGER],
  [-1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, Number.MIN_SAFE_INTEGER],
  [1.5, -0.25, 1e-300, 3.0, NaN],
  ["", "zwölf", "€", "😀", "x".repeat(31), "x".repeat(32), "x".repeat(256)],
  [Buffer.from([]), Buffer.from([1, 2, 3]), new Uint8Array([4, 5]), new Uint8Array([6]).buffer, Buffer.alloc(256, 7)],
  [new Date(0), new Date(1700000000123), new Date(-1)],
  { nested: { list: [{}, []], left: undefined, 1: "one" } },
  Array.from({ length: 16 }, (_, at) => at),
  Object.fromEntries(Array.from({ length: 16 }, (_, at) => ["key" + at, at])),
];

const fixtures = [];
let heard = [];

/** Does something and files the messages that it makes: one for each name, in the order in which they come. */
async function capture(names, action) {
  heard = [];
  const result = action();
  const deadline = Date.now() + PATIENCE_MS;
  while (heard.length < names.length) {
    if (Date.now() > deadline) {
      throw new Error("not published: " + names.slice(heard.length));
    }
    await sleep(5);
  }
  await result;
  names.forEach((name, at) => fixtures.push({ name, ...heard[at] }));
}

function onMessage(message, channel) {
  const isJson = message[0] === 0x7b;
  heard.push({
    channel: channel.toString(),
    ...(isJson ? { text: message.toString() } : { hex: message.toString("hex") }),
  });
}

/** JSON as JavaScript makes it, but with binary values in base64, as Jackson has them. */
function inJson(value) {
  return JSON.stringify(value, function (key, item) {
    const raw = this[key];
    return raw instanceof ArrayBuffer || ArrayBuffer.isView(raw) ? Buffer.from(raw).toString("base64") : item;
  });
}

async function startWithClient(redis, adapter) {
  const server = await startServer({ redis, adapter: { key: KEY, requestsTimeout: PATIENCE_MS, ...adapter } });
  for (const nsp of [server.io.of("/"), server.io.of("/custom")]) {
    nsp.on("connection", (socket) => {
      socket.data = { name: "ann", picture: Buffer.from([1, 2]) };
      socket.join("a");
    });
    nsp.on("ask", (question, ack) => ack?.({ asked: question }));
  }
  const client = connect(`http://127.0.0.1:${server.port}/`, { transports: ["websocket"], auth: { token: "t" } });
  client.on("ask", (question, ack) => ack({ asked: question, picture: Buffer.from([9]) }));
  client.on("ask nothing", (ack) => ack());
  await new Promise((resolve) => client.on("connect", resolve));
  return { ...server, client };
}

async function broadcasts(io) {
  await capture(["broadcast to all"], () => io.emit("hello", "world", 1));
  await capture(["broadcast to one room"], () => io.to("a").emit("hello"));
  await capture(["broadcast to a numeric room"], () => io.to(42).emit("hello"));
  await capture(["broadcast to two rooms"], () => io.to("a").to("b").emit("hello"));
  await capture(["broadcast except"], () => io.to("a").except(["b", "c"]).emit("hello"));
  await capture(["broadcast with flags"], () => io.volatile.compress(false).timeout(1500).emit("hello"));
  await capture(["broadcast in a namespace"], () => io.of("/custom").to("a").emit("hello"));
  await capture(["broadcast binary"], () => io.emit("file", Buffer.from([0, 1, 255]), { part: Buffer.from("x") }));
  await capture(["broadcast everything"], () => io.emit(...EVERYTHING));
  fixtures.at(-1).json = inJson(EVERYTHING);
}

async function requests(io) {
  await capture(["request to join"], () => io.in("a").except("b").socketsJoin(["c", "d"]));
  await capture(["request to leave"], () => io.in("a").socketsLeave("c"));
  await capture(["request to disconnect"], () => io.in("nobody").disconnectSockets(true));
  await capture(["request to disconnect from the namespace"], () => io.of("/custom").in("nobody").disconnectSockets());
  await capture(["request for all rooms", "response with all rooms"], () => io.of("/").adapter.allRooms());
  await capture(["request for sockets", "response with sockets"], () => io.in("a").except("b").fetchSockets());
  await capture(["request for nobody", "response with nobody"], () => io.in("nobody").fetchSockets());
  await capture(["server-side emit"], () => io.serverSideEmit("told", 1, { picture: Buffer.from([1, 2]) }));
  await capture(["server-side emit with ack", "server-side ack"], () => io.serverSideEmitWithAck("ask", "why"));
  await capture(
    ["broadcast with ack", "client count", "client ack"],
    () => io.to("a").timeout(PATIENCE_MS).emitWithAck("ask", Buffer.from([8])),
  );
  await capture(
    ["broadcast with ack of nothing", "client count for nothing", "client ack of nothing"],
    () => io.timeout(PATIENCE_MS).emitWithAck("ask nothing"),
  );
}

/** What only older peers ask, and what is answered to it today. */
async function olderRequests(redis, sid) {
  const ask = (request) => redis.publish(`${KEY}-request#/#`, JSON.stringify(request));
  const ids = { uid: "older1", requestId: "older2" };
  await capture(["older request for socket ids", "response with socket ids", "second response with socket ids"], () =>
    ask({ ...ids, type: 0, rooms: ["a"] }),
  );
  await capture(["older request to join", "response to join"], () => ask({ ...ids, type: 2, sid, room: "z" }));
  await capture(["older request to leave", "response to leave"], () => ask({ ...ids, type: 3, sid, room: "z" }));
  await capture(["older request to disconnect", "response to disconnect"], () => ask({ ...ids, type: 4, sid, close: false }));
}

async function emitted(emitter) {
  await capture(["emitter to all"], () => emitter.emit("hello", "world", 1));
  await capture(["emitter to one room"], () => emitter.to("a").emit("hello"));
  await capture(["emitter with flags"], () => emitter.to("a").to("b").except("c").volatile.compress(true).emit("hello"));
  await capture(["emitter binary"], () => emitter.of("/custom").emit("file", Buffer.from([0, 1, 255])));
  await capture(["emitter's request to join"], () => emitter.in("a").socketsJoin("b"));
  await capture(["emitter's request to leave"], () => emitter.in("a").socketsLeave(["b"]));
  await capture(["emitter's request to disconnect"], () => emitter.in("nobody").disconnectSockets(true));
  await capture(["emitter's server-side emit"], () => emitter.serverSideEmit("told", 1));
}

async function main(url) {
  const listener = await connectRedis(url);
  await listener.pSubscribe(KEY + "*", onMessage, true);
  const asking = await startWithClient(url);
  const answering = await startWithClient(url, { publishOnSpecificResponseChannel: true });
  const redis = await connectRedis(url);
  await broadcasts(asking.io);
  await requests(asking.io);
  await emitted(new Emitter(redis, { key: KEY }));
  await olderRequests(redis, asking.client.id);
  process.stdout.write(JSON.stringify(fixtures, null, 1) + "\n");
  for (const { client } of [asking, answering]) {
    client.disconnect();
  }
  process.exit(0);
}

main(process.argv[2] ?? "redis://127.0.0.1:6379").catch((error) => {
  console.error(error);
  process.exit(1);
});
