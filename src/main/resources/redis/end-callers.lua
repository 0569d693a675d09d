-- Tells whose proof is not good any more.
-- KEYS  1 log
-- ARGV  1 whose  2 channel  3 how long (ms) it is kept for who cannot hear  4 how many are kept
-- Returns  1
-- Atomic, so that who hears nothing and reads the log afterwards misses nothing. By Redis' clock, the only one that all nodes share.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[4] - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[2], ARGV[1])
return 1
