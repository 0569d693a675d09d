"use strict";
/* A Socket.IO server of Node.js with the classic Redis adapter, as people run it. */
const http = require("node:http");
const { Server } = require("socket.io");
const { createAdapter } = require("@socket.io/redis-adapter");
const { connectRedis } = require("./redis");

/**
 * Starts a server on a free port of loopback. `adapter` and `io` are the options of the two libraries; without `redis` the
 * server stands alone. Resolves with `{io, port, close}`.
 */
async function startServer({ redis, adapter = {}, io: options = {} }) {
  const clients = redis ? [await connectRedis(redis), await connectRedis(redis)] : [];
  const server = http.createServer();
  const io = new Server(server, {
    ...options,
    ...(redis && { adapter: createAdapter(clients[0], clients[1], adapter) }),
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = async () => {
    await io.close();
    await Promise.all(clients.map((client) => client.disconnect()));
  };
  return { io, port: server.address().port, close };
}

module.exports = { startServer };
