-- Charges one request to every bucket of KEYS, or to none when one of them is empty (GCRA: a bucket is the time at which it will be full).
-- ARGV, for each bucket: microseconds in which a token comes, tokens that it holds.
-- Returns, for each bucket: 1 when it had a token, tokens left, microseconds until it is full, microseconds until the next token.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full, admitted = {}, true
for i = 1, #KEYS do
    local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local stored = tonumber(redis.call('GET', KEYS[i]) or '') or now
    -- Within bounds also when the clock has jumped or the settings have changed.
    full[i] = math.min(math.max(stored, now), now + interval * burst)
    if full[i] + interval > now + interval * burst + 1 then
        admitted = false
    end
end
local answer = {}
for i = 1, #KEYS do
    local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local room = now + interval * burst + 1 - full[i]
    local had = room >= interval
    if admitted then
        full[i] = full[i] + interval
        room = room - interval
        redis.call('SET', KEYS[i], string.format('%.0f', full[i]), 'PX', math.ceil((full[i] - now) / 1000) + 1)
    end
    table.insert(answer, had and 1 or 0)
    table.insert(answer, math.max(0, math.floor(room / interval)))
    table.insert(answer, math.ceil(full[i] - now))
    table.insert(answer, had and 0 or math.ceil(interval - room))
end
return answer
