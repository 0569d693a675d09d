"use strict";
/*
 * A real Node.js server of the cluster. Driven by lines (lib/lines.js); by hand, with `npm ci` done once:
 *
 *   node server.js
 *   {"id":1,"do":"listen","redis":"redis://127.0.0.1:6379","namespaces":["/","/custom"],"adapter":{"key":"socket.io"}}
 *   {"id":2,"do":"emit","rooms":["a"],"args":["hello",{"$bin":"AQI="}]}
 *
 * Every command but `listen` takes `nsp` (default "/"); those that address sockets take `rooms`, `except` and `flags`
 * (volatile, local, compress, timeout in ms). Its clients can say `message` (sent back as `message-back`), `message-with-ack`
 * (acked with its arguments), `join` and `leave` (a room; acked), `set-data` (becomes `socket.data`; acked).
 * It tells `connection`, `disconnect`, `received` and `server-side`.
 */
const { serve, tell } = require("./lib/lines");
const { startServer } = require("./lib/node-server");
const { addressed } = require("./lib/operator");

let server;

function onSocket(nsp, socket) {
  const who = { nsp: nsp.name, sid: socket.id };
  tell("connection", { ...who, auth: socket.handshake.auth, recovered: socket.recovered });
  socket.onAny((name, ...args) => tell("received", { ...who, name, args }));
  socket.on("disconnect", (reason) => tell("disconnect", { ...who, reason }));
  socket.on("message", (...args) => socket.emit("message-back", ...args));
  socket.on("message-with-ack", (...args) => args.pop()(...args));
  socket.on("join", (room, ack) => ack?.(socket.join(room) ?? true));
  socket.on("leave", (room, ack) => ack?.(socket.leave(room) ?? true));
  socket.on("set-data", (data, ack) => ack?.(Object.assign(socket.data, data)));
  socket.emit("auth", socket.handshake.auth);
}

const of = ({ nsp = "/" }) => server.io.of(nsp);
const target = (command) => addressed(of(command), command);

serve({
  /** `{redis?, namespaces?, adapter?, io?}`; answers `{port}`. */
  async listen({ namespaces = ["/"], ...options }) {
    server = await startServer(options);
    for (const name of namespaces) {
      const nsp = server.io.of(name);
      nsp.on("connection", (socket) => onSocket(nsp, socket));
    }
    return { port: server.port, uids: namespaces.map((name) => server.io.of(name).adapter.uid) };
  },
  /** `{args: [event, ...]}`. */
  emit: (command) => void target(command).emit(...command.args),
  /** `{args: [event, ...], flags: {timeout}}`; answers `{responses, error?}`. */
  emitWithAck: (command) =>
    target(command)
      .emitWithAck(...command.args)
      .then((responses) => ({ responses }))
      .catch((error) => ({ error: error.message, responses: error.responses })),
  /** Answers with `{id, handshake, rooms, data}` of every socket. */
  async fetchSockets(command) {
    const sockets = await target(command).fetchSockets();
    return sockets.map(({ id, handshake, rooms, data }) => ({ id, handshake, rooms, data }));
  },
  /** `{sid, args}`: to the one socket, wherever in the cluster, and waits for its answer. */
  async emitToRemoteWithAck({ sid, args, timeout = 5000, ...command }) {
    const [socket] = await of(command).in(sid).fetchSockets();
    return socket.timeout(timeout).emitWithAck(...args);
  },
  allRooms: (command) => of(command).adapter.allRooms(),
  serverCount: (command) => of(command).adapter.serverCount(),
  /** The rooms of this server's own sockets. */
  localRooms: (command) => [...of(command).adapter.rooms.keys()],
  /** `{join: [room, ...]}`. */
  socketsJoin: (command) => target(command).socketsJoin(command.join),
  /** `{leave: [room, ...]}`. */
  socketsLeave: (command) => target(command).socketsLeave(command.leave),
  /** `{close?}`. */
  disconnectSockets: (command) => target(command).disconnectSockets(command.close),
  /** `{name, answer?}`: tells that event of other servers, and acks it with `answer` if there is one. */
  onServerSideEmit({ name, answer, ...command }) {
    of(command).on(name, (...args) => {
      const ack = typeof args.at(-1) === "function" ? args.pop() : undefined;
      tell("server-side", { nsp: of(command).name, name, args, ack: ack !== undefined });
      if (answer !== undefined) {
        ack?.(answer);
      }
    });
  },
  /** `{args: [event, ...]}`. */
  serverSideEmit: (command) => void of(command).serverSideEmit(...command.args),
  /** `{args: [event, ...]}`; answers `{responses, error?}`. */
  serverSideEmitWithAck: (command) =>
    of(command)
      .serverSideEmitWithAck(...command.args)
      .then((responses) => ({ responses }))
      .catch((error) => ({ error: error.message, responses: error.responses })),
  close: () => server.close(),
});
