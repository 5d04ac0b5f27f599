namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that keeps what requests hold. Each that holds slots or budgets is open, under a lease that its instance renews
/// while it runs; whose lease ended is given back by whoever comes next, so that a killed instance holds nothing for long.
/// </summary>
internal static class LeaseScript
{
    /// <summary>
    /// <para><c>renew identity length id…</c>: lets the leases of these requests end so many microseconds from now (0: gives back what they
    /// hold at once), then gives back what others' ended ones held; answers how many those were, of up to <see cref="MaxGivenBack"/>.
    /// </para><para>An open request's details: how many slots and budgets, then for each budget the start of its window and what is to be
    /// added to it when nobody settles; then the keys of all, one a line.</para>
    /// </summary>
    public const string Text = """

        local base = string.sub(KEYS[1], 1, -7) -- Without its last word, 'memory'.
        local open, leases = base .. 'open', base .. 'leases'

        local function lapsed(most)
          return redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, most)
        end

        local function free(ids)
          if #ids == 0 then return end
          local found = redis.call('HMGET', open, unpack(ids))
          for i = 1, #ids do
            if found[i] then
              local slots, budgets, offset = struct.unpack('<dd', found[i])
              local starts, changes = {}, {}
              for b = 1, budgets do starts[b], changes[b], offset = struct.unpack('<dd', found[i], offset) end
              local at = 0
              for name in string.gmatch(string.sub(found[i], offset), '[^\n]+') do
                at = at + 1
                local b = at - slots
                if b <= 0 then
                  redis.call('ZREM', name, ids[i])
                elseif changes[b] ~= 0 and tonumber(redis.call('HGET', name, 's') or 0) == starts[b] then
                  redis.call('HINCRBY', name, 'n', changes[b])
                end
              end
            end
          end
          redis.call('HDEL', open, unpack(ids))
          redis.call('ZREM', leases, unpack(ids))
        end

        if mode == 'renew' then
          if redis.call('HGET', KEYS[1], 'i') ~= ARGV[2] then return answer('F') end
          if #ARGV > 3 then
            local until_, ends = string.format('%.0f', now + tonumber(ARGV[3])), {}
            for i = 4, #ARGV do
              ends[#ends + 1] = until_
              ends[#ends + 1] = ARGV[i]
            end
            redis.call('ZADD', leases, 'XX', unpack(ends))
          end
          redis.call('PEXPIRE', leases, 2678400000) -- the longest window
          redis.call('PEXPIRE', open, 2678400000)
          local ended = lapsed(1000)
          free(ended)
          return answer(wait('A', #ended))
        end


        """;

    /// <value>Of one call: it keeps Redis for some milliseconds.</value>
    public const int MaxGivenBack = 1000;
}
