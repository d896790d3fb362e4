-- Applies a batch of writes in order and answers with nine octets for each: what became of it, and a
-- number of eight octets. One call is atomic, and the one place where anything is written.
--
-- KEYS  1 the store's prefix, 2 the session's record
-- ARGV  1 generation of the session, 2 number of the request, 3 changes kept, 4 count of writers,
--       then for each writer its holder and epoch, then for each write: how, table and key, value
-- how   1 operation (P put, R remove, A add), 2 condition (* any, 0 absent, = version),
--       3 number of the writer, 4-11 the version that is expected
--
-- Versions and epochs are compared as eight octets: a number of Lua has 53 bits.
local call, byte, sub, pack = redis.call, string.byte, string.sub, struct.pack
local prefix, session = KEYS[1], KEYS[2]
local NONE = '\0\0\0\0\0\0\0\0'
local LEASES = '\0\1'

local known = call('HMGET', session, 'g', 'n')
if known[1] ~= ARGV[1] then return 'S' end
if tonumber(ARGV[2]) ~= tonumber(known[2]) + 1 then return 'N' end

local counter = prefix .. ':seq'
local before = tonumber(call('GET', counter) or '')
if not before then return redis.error_reply('GONE the store is not here any more') end
local sequence = before
local objects, index = prefix .. ':o', prefix .. ':i'
local outcomes, changes = {}, {}
local epochs = {}

-- The epoch that now lives; empty: the lease is damaged.
local function epochOf(writer)
  local epoch = epochs[writer]
  if not epoch then
    local lease = call('GETRANGE', objects .. LEASES .. ARGV[3 + 2 * writer], 0, 16)
    epoch = #lease == 0 and NONE or #lease == 17 and sub(lease, 10, 17) or ''
    epochs[writer] = epoch
  end
  return epoch
end

local function changed(key)
  sequence = sequence + 1
  changes[#changes + 1] = pack('>I2', #key) .. key
  if sub(key, 1, 2) == LEASES then epochs = {} end
end

local function store(key, value, isNew)
  changed(key)
  local version = pack('>I8', sequence)
  call('SET', objects .. key, version .. value)
  if isNew then call('ZADD', index .. sub(key, 1, 2), 0, sub(key, 3)) end
  return version
end

-- The sum of two numbers of 64 bits, in two halves.
local function sum(a, b)
  local aHigh, aLow = struct.unpack('>I4I4', a)
  local bHigh, bLow = struct.unpack('>I4I4', b)
  local low = aLow + bLow
  local carry = low >= 4294967296 and 1 or 0
  return pack('>I4I4', (aHigh + bHigh + carry) % 4294967296, low % 4294967296)
end

local function apply(how, key, value)
  local operation, condition, writer = byte(how, 1, 3)
  if writer > 0 then
    local epoch = epochOf(writer)
    if epoch == '' then return 'D' .. NONE end
    if epoch == NONE or epoch ~= ARGV[4 + 2 * writer] then return 'F' .. epoch end
  end
  if operation == 65 then
    local stored = call('GET', objects .. key)
    if stored and #stored ~= 16 then return 'B' .. pack('>I8', #stored - 8) end
    local total = stored and sum(sub(stored, 9), value) or value
    store(key, total, not stored)
    return 'W' .. total
  end
  local version = call('GETRANGE', objects .. key, 0, 7)
  local isNew = version == ''
  if condition == 48 then
    if not isNew then return 'C' .. version end
  elseif condition == 61 then
    if isNew then return 'C' .. NONE end
    if version ~= sub(how, 4, 11) then return 'C' .. version end
  end
  if operation == 80 then return 'W' .. store(key, value, isNew) end
  if not isNew then
    call('DEL', objects .. key)
    call('ZREM', index .. sub(key, 1, 2), sub(key, 3))
    changed(key)
  end
  return 'W' .. NONE
end

for i = 5 + 2 * tonumber(ARGV[4]), #ARGV, 3 do
  outcomes[#outcomes + 1] = apply(ARGV[i], ARGV[i + 1], ARGV[i + 2])
end

if sequence > before then
  local last = string.format('%.0f', sequence)
  call('SET', counter, last)
  local oldest = string.format('%.0f', math.max(0, sequence - tonumber(ARGV[3])))
  call('XADD', prefix .. ':log', 'MINID', '~', oldest, last .. '-0', 'c', table.concat(changes))
end
local answer = 'R' .. table.concat(outcomes)
call('HSET', session, 'n', ARGV[2], tonumber(ARGV[2]) % 4, answer)
return answer
