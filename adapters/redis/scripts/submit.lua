-- Keep a member's reply, or a part of it, if the round takes replies; a late one is kept apart.
-- KEYS: round, replies, late replies, deliveries, erasing, the member's news
-- ARGV: member, part, version, text, withdrawn (0 or 1), delivery, ttl in s, ttl of deliveries in s, via (form or thread),
--       most messages of a member, digest of the text
-- Returns {outcome, the member's record of replies in time or '', repliers, reveals_at, how replies are collected or '',
--          1 if something newer of the part came before, the record in time before this one changed it or '', 1 if the
--          member has news}.
-- A record maps each part to {v = version as digits, t = text, x = withdrawn, s = version since which it says about this,
-- k = digest of what it said then, w = it has said something else before}; a withdrawn one keeps s, k and w of what it was.
local known = redis.call('HMGET', KEYS[1], 'state', 'repliers', 'reveals_at', 'collect', 'settled')
if not known[1] or known[1] == 'skipped' then
  return { 'unknown round', '', 0, '', '', 0, '', 0 }
end

-- Deleted messages are counted too: one that is not kept must not be kept later, when its deletion has been forgotten.
local function is_full(record)
  local messages = 0
  for id in pairs(record) do
    messages = messages + (id == 'form' and 0 or 1)
  end
  return messages >= tonumber(ARGV[10])
end

-- Whether two digests have most of their numbers in common.
local function are_alike(one, other)
  local there, numbers, others, both = {}, 0, 0, 0
  for number in string.gmatch(one or '', '%d+') do
    there[number], numbers = true, numbers + 1
  end
  for number in string.gmatch(other, '%d+') do
    others, both = others + 1, both + (there[number] and 1 or 0)
  end
  return both * 2 > math.max(numbers, others)
end

-- A slip that is mended leaves it as old as it was, and so does writing it again, in another message or in the form, also after
-- it was deleted; what says something else is as old as the change. The digest stays that of what was said first, or one text
-- would become another one little by little.
local function with_age(said, record, id)
  local before = record[id]
  local first = said.x and before
  for _, part in pairs(said.x and {} or record) do
    if are_alike(part.k, ARGV[11]) and not (first and tonumber(first.s) <= tonumber(part.s)) then
      first = part
    end
  end
  if first then
    said.s, said.k, said.w = first.s, first.k, first.w
  else
    said.s, said.k, said.w = ARGV[3], ARGV[11], before and true
  end
  return said
end

local overtaken, former = 0, ''
local function answer(outcome, record)
  record = record or redis.call('HGET', KEYS[2], ARGV[1]) or ''
  local repliers, news = redis.call('HGET', KEYS[1], 'repliers'), redis.call('EXISTS', KEYS[6])
  return { outcome, record, repliers, known[3], known[4] or '', overtaken, former, news }
end

if is_being_erased(KEYS[5], ARGV[1]) then
  return { 'not saved', '', 0, '', '', 0, '', 0 }
end
if known[4] and known[4] ~= 'both' and known[4] ~= ARGV[9] then
  return answer('not collected')
end
local before = redis.call('HGET', KEYS[4], ARGV[6])
if before == 'accepted' or before == 'withdrawn' then
  local raw = redis.call('HGET', KEYS[2], ARGV[1])
  before = raw and stands(cjson.decode(raw)) and 'accepted' or 'withdrawn'
end
if before then
  return answer(before)
end
local in_time = known[1] == 'opening' or known[1] == 'open'
local kept_in = in_time and KEYS[2] or KEYS[3]
local raw = redis.call('HGET', kept_in, ARGV[1])
local record = raw and cjson.decode(raw) or {}
local stood = stands(record)
local part = record[ARGV[2]]
if not part and ARGV[2] ~= 'form' and is_full(record) then
  return answer(in_time and 'too long' or 'late')
end
if part and tonumber(part.v) > tonumber(ARGV[3]) then
  overtaken = 1
else
  local withdrawn = ARGV[5] == '1'
  record[ARGV[2]] = with_age({ v = ARGV[3], t = withdrawn and '' or ARGV[4], x = withdrawn }, record, ARGV[2])
  former = in_time and raw or ''
  raw = cjson.encode(record)
  redis.call('HSET', kept_in, ARGV[1], raw)
  -- What comes when the round has been settled runs out with the rest of it.
  redis.call('EXPIRE', kept_in, known[5] and redis.call('TTL', KEYS[1]) or ARGV[7])
end
local stands_now = stands(record)
local outcome = 'late'
if in_time then
  outcome = stands_now and 'accepted' or 'withdrawn'
  if stands_now ~= stood then
    redis.call('HINCRBY', KEYS[1], 'repliers', stands_now and 1 or -1)
  end
end
redis.call('HSET', KEYS[4], ARGV[6], outcome)
redis.call('EXPIRE', KEYS[4], ARGV[8])
return answer(outcome, in_time and raw or nil)
