"use strict";

/** The rooms, exceptions and flags of a command, set on an operator of the server's or of the emitter's. */
function addressed(operator, { rooms = [], except = [], flags = {} }) {
  let result = operator;
  for (const room of rooms) {
    result = result.to(room);
  }
  for (const room of except) {
    result = result.except(room);
  }
  if (flags.volatile) {
    result = result.volatile;
  }
  if (flags.local) {
    result = result.local;
  }
  if (flags.compress !== undefined) {
    result = result.compress(flags.compress);
  }
  return flags.timeout === undefined ? result : result.timeout(flags.timeout);
}

module.exports = { addressed };
