-- How much is on the agenda and how late it is, for who watches. Changes nothing.
-- KEYS: agenda   ARGV: for how many ms ahead entries are looked at
-- Returns {entries, lag in ms, step, lateness in ms, …}
local now = now_ms()
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or now
local load = { redis.call('ZCARD', KEYS[1]), math.max(0, now - first) }

-- What is held, or waits to be tried again, has a score to come; its record says when it was due.
local late = {}
for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now + ARGV[1])) do
  local due = redis.call('HGET', entry_key(KEYS[1], entry), 'due') or now
  local step = string.match(entry, '^[^:]+')
  late[step] = math.max(late[step] or 0, now - due)
end
for step, ms in pairs(late) do
  load[#load + 1] = step
  load[#load + 1] = ms
end
return load
