"use strict";
/*
 * The official JavaScript client, any number of sockets in one process. Driven by lines (lib/lines.js); by hand, with
 * `npm ci` done once:
 *
 *   node client.js
 *   {"id":1,"do":"connect","socket":"ann","url":"http://127.0.0.1:8080/custom","options":{"transports":["websocket"]}}
 *   {"id":2,"do":"emit","socket":"ann","args":["message-with-ack",1,{"$bin":"AQI="}],"ack":true}
 *
 * `options` are the client's own (transports, auth, reconnection, path, query, ...). `socket` names one of the sockets, in
 * commands and in events (default "client"). It tells `connect`, `connect_error`, `disconnect`, `received`, `transport` (the
 * first one, then each upgrade), `reconnect_attempt` and `ping`.
 */
const { io } = require("socket.io-client");
const { serve, tell } = require("./lib/lines");

const sockets = new Map();

const socketOf = ({ socket: name = "client" }) => {
  const socket = sockets.get(name);
  if (!socket) {
    throw new Error("no such socket: " + name);
  }
  return socket;
};

const state = (socket) => ({
  id: socket.id ?? null,
  connected: socket.connected,
  recovered: socket.recovered,
  transport: socket.io.engine?.transport?.name ?? null,
  buffered: socket.sendBuffer.length,
});

function follow(name, socket, answers) {
  socket.on("connect", () => tell("connect", { socket: name, ...state(socket) }));
  socket.on("connect_error", ({ message, data }) => tell("connect_error", { socket: name, message, data: data ?? null }));
  socket.on("disconnect", (reason) => tell("disconnect", { socket: name, reason }));
  socket.onAny((event, ...args) => received(name, event, args, answers));
  socket.io.on("open", () => followTransport(name, socket.io.engine));
  socket.io.on("reconnect_attempt", (attempt) => tell("reconnect_attempt", { socket: name, attempt }));
  socket.io.on("ping", () => tell("ping", { socket: name }));
}

function followTransport(name, engine) {
  tell("transport", { socket: name, transport: engine.transport.name, upgraded: false });
  engine.on("upgrade", (transport) => tell("transport", { socket: name, transport: transport.name, upgraded: true }));
}

/** Acks an event that wants it: with what `answers` has for it, otherwise with its own arguments; `$undefined`: not at all. */
function received(name, event, args, answers) {
  const ack = typeof args.at(-1) === "function" ? args.pop() : undefined;
  tell("received", { socket: name, name: event, args, ack: ack !== undefined });
  if (!Object.hasOwn(answers, event)) {
    ack?.(...args);
  } else if (answers[event] !== undefined) {
    ack?.(answers[event]);
  }
}

serve({
  /** `{url, options?, answers?: {event: answer}}`; does not wait for the connection. */
  connect({ socket: name = "client", url, options = {}, answers = {} }) {
    const socket = io(url, { forceNew: true, autoConnect: false, ...options });
    sockets.set(name, socket);
    follow(name, socket, answers);
    socket.connect();
  },
  /** `{args: [event, ...], ack?, timeout?, volatile?}`; with `ack`, answers with the ack's arguments, or fails after `timeout`. */
  emit({ args, ack, timeout, volatile: isVolatile, ...command }) {
    let socket = socketOf(command);
    socket = isVolatile ? socket.volatile : socket;
    if (!ack) {
      return void socket.emit(...args);
    }
    if (timeout === undefined) {
      return new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));
    }
    return new Promise((resolve, reject) =>
      socket.timeout(timeout).emit(...args, (error, ...answer) => (error ? reject(error) : resolve(answer))),
    );
  },
  state: (command) => state(socketOf(command)),
  /** Connects again what was disconnected on purpose. */
  reconnect: (command) => void socketOf(command).connect(),
  disconnect: (command) => void socketOf(command).disconnect(),
  /** Cuts the connection below Socket.IO, as a broken network does: the client comes back by itself. */
  cut: (command) => void socketOf(command).io.engine.close(),
  close({ socket: name = "client" }) {
    socketOf({ socket: name }).disconnect();
    sockets.delete(name);
  },
});
