#!lua flags=allow-oom
-- Forget a member who set a programme up, looks after it, or paused it and why. Its revision grows, so that no change made from what was before brings the name back; the
-- next opening is put on the agenda anew under that revision.
-- KEYS: erasing, agenda, programme   ARGV: member, token, the programme's data, the data without the member
-- Returns 1, or 0 if the erasure has ended or the data was changed meanwhile.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) or redis.call('HGET', KEYS[3], 'data') ~= ARGV[3] then
  return 0
end
redis.call('HSET', KEYS[3], 'data', ARGV[4])
local revision = redis.call('HINCRBY', KEYS[3], 'revision', 1)
local next = redis.call('HGET', KEYS[3], 'next')
local entry = next and 'open:' .. next
if entry and redis.call('ZSCORE', KEYS[2], entry) then
  schedule(KEYS[2], entry, redis.call('HGET', entry_key(KEYS[2], entry), 'due'), revision)
end
return 1
