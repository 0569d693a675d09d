// How fast node-redis asks for a hash of six fields over one connection:  node commands.js REDISPORT SECONDS UNDER_WAY
const { createClient } = require('redis');

const [port, seconds, underWay] = process.argv.slice(2).map(Number);

(async () => {
  const client = createClient({ url: 'redis://127.0.0.1:' + port });
  client.on('error', failure => { console.error(failure); process.exit(1); });
  await client.connect();
  await client.hSet('bench', { a: '1', b: 'two', c: 'three', d: '4', e: 'five', f: 'six' });
  let done = 0, going = true;
  const one = async () => { while (going) { await client.hGetAll('bench'); done++; } };
  const all = Promise.all(Array.from({ length: underWay }, one));
  const phase = async ms => {
    const from = done, cpu = process.cpuUsage(), start = process.hrtime.bigint();
    await new Promise(resolve => setTimeout(resolve, ms));
    const used = process.cpuUsage(cpu), took = Number(process.hrtime.bigint() - start) / 1e9;
    return { ops_per_s: (done - from) / took, cpu_us: (used.user + used.system) / (done - from) };
  };
  await phase(seconds * 1000);
  const measured = await phase(seconds * 1000);
  going = false;
  await all;
  console.log(JSON.stringify(measured));
  client.destroy();
})();
