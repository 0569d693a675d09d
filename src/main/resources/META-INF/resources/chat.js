// The chat page: one room at a time, named by the URL's hash.
//
// What a reader has seen is one unbroken run of sequence numbers up to `seen`. Everything else follows from it: a join
// after a lost connection says `since: seen`, a hole that stays open is read again over HTTP, and when the server cannot
// fill it (`recovered: false`), the page says so and starts over with the newest page of the history.

const ROOM_ID = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,63}$/;
const PAGE = 50;
const ANSWER_MS = 5_000;
const GAP_MS = 1_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000];
const TRANSIENT = new Set(["unreachable", "no_answer", "redis_unavailable", "outcome_unknown", "overloaded", "rate_limited", "internal"]);

const $ = id => document.getElementById(id);
const socket = io({ autoConnect: false, reconnectionDelay: 500, reconnectionDelayMax: 5_000 });

/** A refusal, or no answer at all: one of the server's stable codes, or `unreachable` or `no_answer`. */
class Problem extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }

  get transient() {
    return TRANSIENT.has(this.code);
  }
}

// ---- The server, by HTTP and by socket

async function api(method, path, body) {
  const response = await fetch(`/api/rooms${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(2 * ANSWER_MS),
  }).catch(() => { throw new Problem("unreachable", "The server does not answer."); });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Problem(answer.code ?? (response.status >= 500 ? "internal" : "refused"),
    answer.detail || answer.title || `The server answered with status ${response.status}.`);
}

const inRoom = (room, what) => api("GET", `/${encodeURIComponent(room)}/${what}`);

function command(name, fields) {
  return new Promise((resolve, reject) => socket.timeout(ANSWER_MS).emit(name, fields, (silence, answer) => {
    if (silence) reject(new Problem("no_answer", "The server did not answer in time."));
    else if (answer.ok) resolve(answer);
    else reject(new Problem(answer.error.code, answer.error.message));
  }));
}

// ---- Small parts

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(label, action) {
  const made = element("button", "", label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only in a secure context
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function clock(at) {
  const date = new Date(at);
  const time = element("time", "", date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  if (date.toDateString() !== new Date().toDateString()) time.prepend(date.toLocaleDateString([], { dateStyle: "medium" }), ", ");
  time.dateTime = at;
  time.title = date.toLocaleString();
  return time;
}

let noticeTimer;

function say(text, { problem = false, briefly = false } = {}) {
  clearTimeout(noticeTimer);
  $("notice").classList.toggle("problem", problem);
  if ($("notice").textContent !== text) $("notice").textContent = text;
  if (briefly) noticeTimer = setTimeout(say, 5_000, "");
}

// ---- The log: messages in the order of their numbers, then what is not sent yet

class Log {
  list = $("log");
  scroller = $("scroller");
  atEnd = true;

  constructor() {
    this.clear();
    this.scroller.addEventListener("scroll", () => this.#onScroll());
    const resizes = new ResizeObserver(() => this.atEnd && this.toEnd());
    resizes.observe(this.scroller);
    resizes.observe(this.list);
    $("newest").addEventListener("click", () => this.toEnd());
  }

  clear() {
    this.shown = new Map();
    this.first = null;
    this.last = 0;
    this.seen = null; // unknown until the first page of the history is there
    this.list.replaceChildren();
    $("older").hidden = true;
    $("empty").hidden = true;
  }

  get hasGap() {
    return this.seen !== null && this.last > this.seen;
  }

  /** Everything up to and with this number has been shown, or is older than what is shown. */
  sawUpTo(seq) {
    this.seen = Math.max(this.seen ?? 0, seq);
    this.#advance();
  }

  /** Shows a message once, at its place. A draft that became this message gives its element. */
  add(message, draft) {
    if (this.shown.has(message.seq)) {
      draft?.item.remove();
      return false;
    }
    const item = messageItem(message, draft?.item);
    this.shown.set(message.seq, item);
    this.first = Math.min(this.first ?? message.seq, message.seq);
    this.last = Math.max(this.last, message.seq);
    if (this.seen !== null) this.#advance();
    this.#keepingPlace(() => this.list.insertBefore(item, this.#firstAfter(message.seq)), message.seq < this.last);
    return true;
  }

  /** Shows a whole page; a screen reader is not made to read all of it. */
  addPage(messages, show) {
    this.scroller.setAttribute("aria-busy", "true");
    messages.forEach(show);
    requestAnimationFrame(() => this.scroller.removeAttribute("aria-busy"));
  }

  addLast(item) {
    this.#keepingPlace(() => this.list.append(item));
  }

  note(text) {
    this.#keepingPlace(() => this.list.insertBefore(element("li", "note", text), this.#firstAfter(Infinity)));
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#onScroll();
  }

  #advance() {
    while (this.shown.has(this.seen + 1)) this.seen++;
  }

  /** The first element that belongs behind this number; looked for from the end, where most messages go. */
  #firstAfter(seq) {
    let next = null;
    for (let item = this.list.lastElementChild; item; item = item.previousElementSibling) {
      if (item.classList.contains("note")) continue;
      if (item.dataset.seq && Number(item.dataset.seq) < seq) break;
      next = item;
    }
    return next;
  }

  /** A reader at the end stays at the end; one who reads further up is not moved. */
  #keepingPlace(change, above = false) {
    const { scrollHeight, scrollTop } = this.scroller;
    change();
    $("empty").hidden = true;
    if (this.atEnd) this.toEnd();
    else if (above) this.scroller.scrollTop = scrollTop + this.scroller.scrollHeight - scrollHeight;
    else $("newest").hidden = false;
  }

  #onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < 40;
    if (this.atEnd) $("newest").hidden = true;
  }
}

function messageItem({ seq, id, author, text, at }, item = element("li")) {
  item.className = author.id === me?.id ? "message own" : "message";
  item.dataset.id = id;
  if (seq) item.dataset.seq = seq;
  const byline = element("p");
  byline.append(element("span", "author", author.name), clock(at));
  item.replaceChildren(byline, element("p", "text", text));
  return item;
}

// ---- Who is here

class Members {
  names = new Map();
  changes = 0;
  timer = null;

  clear() {
    this.#show(new Map(), 0);
  }

  /** Someone came or went. The server's count tells whether this list is still right. */
  apply({ user, members }, here) {
    const names = new Map(this.names);
    if (here) names.set(user.id, user.name);
    else names.delete(user.id);
    this.changes++;
    this.#show(names, members);
    if (names.size !== members) this.#loadSoon(500);
  }

  async load() {
    const mine = visit;
    const changes = this.changes;
    try {
      const { items, count } = await inRoom(mine.room, "members");
      if (mine !== visit) return;
      if (changes !== this.changes) this.#loadSoon(500);
      else this.#show(new Map(items.map(({ user }) => [user.id, user.name])), count);
    } catch {
      if (mine === visit && mine.joined) this.#loadSoon(2_000);
    }
  }

  #loadSoon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => visit.joined && this.load(), delay);
  }

  #show(names, count) {
    this.names = names;
    const order = [...names].sort(([a, one], [b, other]) => (b === me?.id) - (a === me?.id) || one.localeCompare(other));
    $("members").replaceChildren(...order.map(([id, name]) => this.#item(id, name)));
    $("member-count").textContent = count;
  }

  #item(id, name) {
    const item = element("li", "", name);
    item.dataset.userId = id;
    if (id === me?.id) item.append(" ", element("small", "", "(you)"));
    return item;
  }
}

// ---- What this page said and the server has not confirmed yet

class Draft {
  id = newId();
  at = new Date().toISOString();
  state = "waiting"; // waiting for the room, sending, unanswered, failed

  constructor(room, text) {
    this.room = room;
    this.text = text;
    this.render();
  }

  get message() {
    return { id: this.id, author: me ?? { name: "You" }, text: this.text, at: this.at };
  }

  to(state, reason = "") {
    this.state = state;
    this.render(reason);
  }

  render(reason) {
    const failed = this.state === "unanswered" || this.state === "failed";
    this.item = messageItem(this.message, this.item);
    this.item.classList.add("own", failed ? "failed" : "pending");
    const delivery = element("p", "delivery");
    if (failed) delivery.append(`Not sent: ${reason}`, button("Retry", () => retry(this)), button("Edit", () => takeBack(this)));
    else delivery.append(this.state === "sending" ? "Sending …" : "Waiting for the connection …");
    this.item.append(delivery);
  }
}

const drafts = new Map();

function send(text) {
  const draft = new Draft(visit.room, text);
  drafts.set(draft.id, draft);
  log.addLast(draft.item);
  log.toEnd();
  transmit(draft);
}

/** Sends a draft, or sends it again: the same id makes that harmless. */
async function transmit(draft) {
  if (visit.gone) return draft.to("failed", "the room is gone.");
  if (!visit.joined || draft.room !== visit.room) return draft.to("waiting");
  draft.to("sending");
  try {
    const { seq, at } = await command("send", { room: draft.room, text: draft.text, id: draft.id });
    confirm(draft, { seq, at });
  } catch (problem) {
    if (drafts.get(draft.id) !== draft) return; // its own message event was faster
    if (!socket.connected) draft.to("waiting");
    else if (problem.code === "no_answer") draft.to("unanswered", "the server did not answer.");
    else draft.to("failed", problem.message);
  }
}

function confirm(draft, { seq, at }) {
  if (!drafts.delete(draft.id) || draft.room !== visit.room) return;
  log.add({ ...draft.message, seq, at }, draft);
  watchGap();
}

function retry(draft) {
  $("text").focus(); // the button is about to go
  transmit(draft);
}

function takeBack(draft) {
  drafts.delete(draft.id);
  draft.item.remove();
  $("text").value = [draft.text, $("text").value].filter(Boolean).join("\n");
  $("text").focus();
}

const draftsHere = () => [...drafts.values()].filter(draft => draft.room === visit.room);

// ---- The visit: this page in one room, from its first join until another room is opened

let me = null;
let visit = { room: null };
let attempt = 0;
let gapTimer = null;
const log = new Log();
const members = new Members();

function visitRoom(room) {
  if (visit.joined && socket.connected) socket.emit("leave", { room: visit.room });
  visit = { room, epoch: undefined, exists: false, joined: false, gone: false, missed: false };
  log.clear();
  members.clear();
  draftsHere().forEach(draft => log.addLast(draft.item));
  $("room").value = room;
  document.title = `${room} · Tandem`;
  say("");
  setJoined(false);
  if (socket.connected) enter();
}

function setJoined(joined) {
  visit.joined = joined;
  if (joined) document.body.dataset.joined = visit.room;
  else delete document.body.dataset.joined;
}

/** Joins, again and again while the reason against it may pass. A newer call ends an older one. */
async function enter(failures = 0) {
  if (visit.gone) return;
  const mine = ++attempt;
  const outdated = () => mine !== attempt || !socket.connected;
  try {
    const refusal = log.seen === null ? await createRoom(visit) : null;
    if (!outdated()) await join(outdated, refusal);
  } catch (problem) {
    if (outdated()) return;
    if (problem.code === "room_not_found" && log.seen !== null) return onGone();
    say(`Not in the room: ${problem.message}`, { problem: true });
    if (problem.transient) setTimeout(() => outdated() || enter(failures + 1), RETRY_MS[failures] ?? RETRY_MS.at(-1));
  }
}

/** Makes sure that the room exists. A refusal does not matter when the room is there all the same. */
async function createRoom(mine) {
  if (mine.exists) return null;
  try {
    await api("POST", "", { id: mine.room, name: mine.room });
  } catch (problem) {
    if (problem.transient) throw problem;
    if (problem.code !== "room_exists") return problem;
  }
  mine.exists = true;
  return null;
}

async function join(outdated, refusal) {
  const past = log.seen === null ? {} : { since: log.seen, epoch: visit.epoch };
  const answer = await command("join", { room: visit.room, ...past }).catch(problem => {
    if (problem.code === "already_joined") return null;
    throw problem.code === "room_not_found" ? refusal ?? problem : problem;
  });
  if (outdated()) return;
  setJoined(true);
  say(log.seen === null ? "" : "Connected again.", { briefly: true });
  members.load();
  draftsHere().filter(draft => draft.state !== "failed").forEach(transmit);
  if (!answer) return log.seen === null ? loadNewest() : catchUp();
  $("member-count").textContent = answer.members;
  if (log.seen !== null && !answer.recovered) return startOver(answer.epoch);
  visit.epoch = answer.epoch;
  if (log.seen === null) await loadNewest();
}

/** Someone ended the room, or Redis lost it. It is not made anew unless the reader asks for it. */
function onGone() {
  visit.gone = true;
  setJoined(false);
  members.clear();
  draftsHere().forEach(draft => draft.to("failed", "the room is gone."));
  log.note("This room is gone.");
  say("This room is gone. Press Join to create it again.", { problem: true });
}

// ---- The history

/** The past cannot be continued: say so, and show the newest page instead. */
function startOver(epoch) {
  visit = { ...visit, epoch, missed: true }; // answers to what was asked before are no longer wanted
  say("Some messages may be missing. The newest ones are shown.", { briefly: true });
  log.clear();
  draftsHere().forEach(draft => log.addLast(draft.item));
  return loadNewest();
}

async function loadNewest() {
  const mine = visit;
  const page = await history(mine, `limit=${PAGE}`, loadNewest);
  if (!page) return;
  mine.epoch = page.epoch;
  showPage(page.items);
  log.sawUpTo(page.items.at(-1)?.seq ?? page.seq);
  $("older").hidden = page.items.length < PAGE || log.first <= 1;
  $("empty").hidden = log.list.childElementCount > 0;
  if (mine.missed) log.note("Some messages may be missing up to here.");
  mine.missed = false;
  log.toEnd();
  watchGap();
}

async function loadOlder() {
  const page = await history(visit, `before=${log.first}&limit=${PAGE}`);
  if (!page) return;
  log.atEnd = false;
  showPage(page.items);
  $("older").hidden = page.items.length < PAGE || log.first <= 1;
  if (page.items.length === 0) say("Nothing older is kept.", { briefly: true });
}

/** Reads what is missing behind `seen`. */
async function catchUp() {
  const mine = visit;
  for (let behind = true; behind;) {
    const page = await history(mine, `after=${log.seen}&limit=${PAGE}`, catchUp);
    if (!page) return;
    const next = page.items[0]?.seq ?? page.seq + 1;
    if (page.epoch !== (mine.epoch ??= page.epoch) || next > log.seen + 1) return startOver(page.epoch);
    showPage(page.items);
    behind = log.seen < page.seq;
  }
}

/** A page of the history, or nothing when it is not wanted any more or could not be had; `again` then tries later. */
async function history(mine, query, again) {
  try {
    const page = await inRoom(mine.room, `messages?${query}`);
    return mine === visit ? page : null;
  } catch (problem) {
    if (mine !== visit) return null;
    say(`The history could not be read: ${problem.message}`, { problem: true, briefly: true });
    if (again && problem.transient) setTimeout(() => mine === visit && again(), RETRY_MS[1]);
    return null;
  }
}

const showPage = messages => log.addPage(messages, message => show(message));

function show(message) {
  const draft = drafts.get(message.id);
  if (draft) drafts.delete(draft.id);
  return log.add(message, draft);
}

/** Messages arrive in order, but the answer to `send` may overtake them; only a hole that stays is read again. */
function watchGap() {
  if (!log.hasGap || gapTimer) return;
  gapTimer = setTimeout(() => {
    gapTimer = null;
    if (log.hasGap) catchUp();
  }, GAP_MS);
}

// ---- What the server tells

const here = handler => event => event.room === visit.room && handler(event);

socket.on("welcome", ({ user, node }) => {
  me = user;
  $("me").textContent = user.name;
  $("node").textContent = node;
});
socket.on("message", here(message => {
  show(message);
  watchGap();
}));
socket.on("joined", here(event => members.apply(event, true)));
socket.on("left", here(event => members.apply(event, false)));
socket.on("reset", here(event => startOver(event.epoch)));
socket.on("deleted", here(onGone));

// ---- The connection

let reconnections = 0;

function showState(state) {
  const words = { connecting: "Connecting …", connected: "Connected", reconnecting: "Reconnecting …" };
  document.body.dataset.state = state;
  $("state").textContent = state === "connected" || navigator.onLine ? words[state] : "Offline";
}

/** The client tries again by itself, except after a refusal or when the server closed the connection in so many words. */
function reconnectUnlessActive() {
  if (socket.active) return;
  setTimeout(() => socket.connected || socket.connect(), RETRY_MS[reconnections++] ?? RETRY_MS.at(-1));
}

socket.on("connect", () => {
  reconnections = 0;
  showState("connected");
  enter();
});
socket.on("disconnect", () => {
  setJoined(false);
  showState("reconnecting");
  say("The connection is lost. Messages are kept here and sent when it is back.", { problem: true });
  reconnectUnlessActive();
});
socket.on("connect_error", error => {
  showState(document.body.dataset.state);
  if (!socket.active) say(`The server refused the connection: ${error.message}`, { problem: true });
  reconnectUnlessActive();
});
addEventListener("offline", () => showState(document.body.dataset.state));
addEventListener("online", () => {
  showState(document.body.dataset.state);
  if (!socket.connected) socket.disconnect().connect();
});

// ---- What the reader does

function onHash() {
  const room = location.hash.slice(1) || "lobby";
  if (ROOM_ID.test(room)) return visitRoom(room);
  if (visit.room === null) visitRoom("lobby");
  say("That is no room name: letters, digits and . _ ~ -, at most 64, beginning with a letter, a digit or _.", { problem: true });
}

addEventListener("hashchange", onHash);
$("room-form").addEventListener("submit", event => {
  event.preventDefault();
  const room = $("room").value.trim();
  if (room !== location.hash.slice(1)) location.hash = room;
  else if (!visit.joined || room !== visit.room) visitRoom(room);
  $("text").focus();
});
$("composer").addEventListener("submit", event => {
  event.preventDefault();
  const text = $("text").value;
  if (text.trim() === "") return;
  $("text").value = "";
  send(text);
});
$("text").addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
$("older").addEventListener("click", async () => {
  $("older").disabled = true;
  await loadOlder();
  $("older").disabled = false;
});

const wide = matchMedia("(min-width: 44.01rem)");
const foldPeople = () => { $("people").open = wide.matches; };
wide.addEventListener("change", foldPeople);
foldPeople();

// The first call over HTTP settles who this browser is, so that the socket comes with the same session.
onHash();
createRoom(visit).catch(() => {}).then(() => socket.connect());
