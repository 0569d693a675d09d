-- Forgets a user but for the time at which that was.
-- KEYS  1 user
-- ARGV  1 now (ms)  2 how long (ms) that is remembered
-- Returns  1
-- Atomic, so that nobody comes in between, as a user whom nobody knows.
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'endedAt', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
