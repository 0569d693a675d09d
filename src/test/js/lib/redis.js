"use strict";
const { createClient } = require("redis");

/** A connection to Redis that does not end the process when Redis goes away. */
async function connectRedis(url) {
  const client = createClient({ url });
  client.on("error", (error) => console.error("redis:", error.message));
  await client.connect();
  return client;
}

module.exports = { connectRedis };
