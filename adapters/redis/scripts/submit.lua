-- Keep a member's reply, or a part of it, if the round takes replies; a late one is kept apart.
-- KEYS: round, replies, late replies, deliveries
-- ARGV: member, part, version, text, withdrawn (0 or 1), delivery, ttl in s, ttl of deliveries in s, via (form or thread),
--       most characters and most messages of a member's thread
-- Returns {outcome, the member's record of replies in time or '', repliers, reveals_at, how replies are collected or ''}.
-- A record maps each part to {v = version as digits, t = text, x = withdrawn}.
local known = redis.call('HMGET', KEYS[1], 'state', 'repliers', 'reveals_at', 'collect')
if not known[1] or known[1] == 'skipped' then
  return { 'unknown round', '', 0, '', '' }
end

local function standing(record)
  for _, part in pairs(record) do
    if not part.x then
      return true
    end
  end
  return false
end

-- UTF-8: every byte but those that continue a character.
local function characters(text)
  local _, count = string.gsub(text, '[^\128-\191]', '')
  return count
end

-- Whether a message has no room among the member's others, with which it is joined by line ends. A shorter one always has.
local function beyond(record, part)
  local others, length = 0, 0
  for id, other in pairs(record) do
    if id ~= 'form' and id ~= ARGV[2] then
      others = others + 1
      length = length + (other.x and 0 or characters(other.t) + 1)
    end
  end
  if not part then
    return others >= tonumber(ARGV[11]) or length + characters(ARGV[4]) > tonumber(ARGV[10])
  end
  local own = characters(ARGV[4])
  return own > characters(part.t) and length + own > tonumber(ARGV[10])
end

local function answer(outcome, record)
  record = record or redis.call('HGET', KEYS[2], ARGV[1]) or ''
  return { outcome, record, redis.call('HGET', KEYS[1], 'repliers'), known[3], known[4] or '' }
end

if known[4] and known[4] ~= 'both' and known[4] ~= ARGV[9] then
  return answer('not collected')
end
local before = redis.call('HGET', KEYS[4], ARGV[6])
if before == 'accepted' or before == 'withdrawn' then
  local raw = redis.call('HGET', KEYS[2], ARGV[1])
  before = raw and standing(cjson.decode(raw)) and 'accepted' or 'withdrawn'
end
if before then
  return answer(before)
end
local in_time = known[1] == 'opening' or known[1] == 'open'
local kept_in = in_time and KEYS[2] or KEYS[3]
local raw = redis.call('HGET', kept_in, ARGV[1])
local record = raw and cjson.decode(raw) or {}
local stood = standing(record)
local part = record[ARGV[2]]
local withdrawn = ARGV[5] == '1'
local newer = not part or tonumber(part.v) <= tonumber(ARGV[3])
local full = newer and ARGV[2] ~= 'form' and beyond(record, part)
if newer and not full then
  record[ARGV[2]] = { v = ARGV[3], t = withdrawn and '' or ARGV[4], x = withdrawn }
  raw = cjson.encode(record)
  redis.call('HSET', kept_in, ARGV[1], raw)
  redis.call('EXPIRE', kept_in, ARGV[7])
end
local stands = standing(record)
local outcome = 'late'
if in_time then
  outcome = full and not withdrawn and 'too long' or stands and 'accepted' or 'withdrawn'
  if stands ~= stood then
    redis.call('HINCRBY', KEYS[1], 'repliers', stands and 1 or -1)
  end
end
redis.call('HSET', KEYS[4], ARGV[6], outcome)
redis.call('EXPIRE', KEYS[4], ARGV[8])
return answer(outcome, in_time and raw or nil)
