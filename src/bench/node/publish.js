// The usual way to post a message over HTTP: Express and node-redis, with the script that Tandem runs too.
//   node publish.js PORT REDISPORT SCRIPT
// POST /api/rooms {"id"} makes a room; POST /api/rooms/{room}/messages {"text"} is answered 201 when Redis has the message.
const { createHash, randomUUID } = require('crypto'), { readFileSync } = require('fs');
const express = require('express'), { createClient } = require('redis');

const [port, redisPort, file] = process.argv.slice(2);
const script = readFileSync(file, 'utf8'), sha = createHash('sha1').update(script).digest('hex');
const HISTORY = '1000', MAX_TEXT = 4000;
const KEYS = ['details', 'messages', 'ids'];

(async () => {
  const redis = createClient({ url: 'redis://127.0.0.1:' + redisPort });
  redis.on('error', failure => { console.error(failure); process.exit(1); });
  await redis.connect();
  await redis.scriptLoad(script);

  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '1mb' }));
  app.post('/api/rooms', async (request, response) => {
    const { id } = request.body;
    await redis.hSet(`room:{${id}}:details`, { id, epoch: randomUUID(), seq: '0' });
    response.status(201).json({ id });
  });
  app.post('/api/rooms/:room/messages', async (request, response) => {
    const { room } = request.params, { text } = request.body;
    if (typeof text !== 'string' || !text || text.length > MAX_TEXT) {
      return response.status(400).json({ code: 'invalid_field' });
    }
    const id = randomUUID(), at = new Date().toISOString();
    const before = `{"room":${JSON.stringify(room)},"seq":`;
    const after = `,"id":"${id}","author":{"id":"peer","name":"Peer"},"text":${JSON.stringify(text)},"at":"${at}"}`;
    const reply = await redis.evalSha(sha, {
      keys: KEYS.map(key => `room:{${room}}:${key}`),
      arguments: [id, before, after, HISTORY],
    });
    if (!reply) {
      return response.status(404).json({ code: 'room_not_found' });
    }
    if (reply[0] === -1) {
      return response.status(403).json({ code: reply[1] });
    }
    response.status(201).type('application/json').send(before + reply[0] + after);
  });
  app.listen(Number(port), '127.0.0.1');
})();
