-- Keep what a member appeals for: it changes no points until a lead has decided.
-- KEYS: round, grades, erasing, what waits for the lead
-- ARGV: member, entry of what waits, appeal, instant in ms, ttl in s
-- Returns {outcome, grade or ''}: 'kept', also if it stands already, 'final' after a decision, 'nothing' where there is none.
local grade = redis.call('HGET', KEYS[2], ARGV[1])
if not grade or is_being_erased(KEYS[3], ARGV[1]) or redis.call('HGET', KEYS[1], 'state') ~= 'revealed' then
  return { 'nothing', '' }
end
local known, appeal = cjson.decode(grade), cjson.decode(ARGV[3])
if known.d then
  return { 'final', grade }
end
if known.a and known.a.t == appeal.t and known.a.r == appeal.r then
  return { 'kept', grade }
end
known.a, known.v = appeal, known.v + 1
wait_for_lead(KEYS[4], ARGV[2], known, true, tonumber(ARGV[4]), ARGV[5])
grade = cjson.encode(known)
redis.call('HSET', KEYS[2], ARGV[1], grade)
return { 'kept', grade }
