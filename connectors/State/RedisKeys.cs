using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The names of one tenant's keys: <c>{prefix}:{{tenant}}:…</c>. The braces are a hash tag, so all keys of one script call are in one slot. Thread-safe.
/// </summary>
internal sealed class RedisKeys
{
    private readonly string _nonce;
    private readonly string _rate;
    private readonly string _slots;
    private readonly string _budget;
    private readonly string _unsettled;
    private readonly string _once;

    public RedisKeys(string prefix, string tenant)
    {
        var root = prefix + ":{" + tenant + "}:";
        Memory = root + "memory";
        (_nonce, _rate, _slots, _budget, _unsettled, _once) = (root + "nonce:", root + "rate:", root + "slots:", root + "budget:", root + "unsettled:", root + "once:");
    }

    /// <summary>A hash: <c>i</c> whose memory it is, <c>s</c> since when (microseconds), <c>e</c> the revocation epoch.</summary>
    public RedisKey Memory { get; }

    // The key id's length stands before it, so that no other pair of id and nonce gives the same name.
    public RedisKey Nonce(NonceUse nonce) => $"{_nonce}{nonce.KeyId.Length}:{nonce.KeyId}:{nonce.Value}";

    public RedisKey Rate(RateUse use) => _rate + use.Key;

    public RedisKey Slots(ConcurrencyUse use) => _slots + use.Key;

    // The window's length stands before the key: a budget whose window is changed starts a counter of its own.
    public RedisKey Budget(BudgetUse use) => $"{_budget}{(long)use.Budget.Window.TotalSeconds}:{use.Key}";

    public RedisKey Idempotency(IdempotencyUse use) => _once + use.Key;

    public RedisKey Unsettled(string requestId) => _unsettled + requestId;
}
