using System.Text;
using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The names of one tenant's keys: <c>{prefix}:{{tenant}}:…</c>. The braces are a hash tag, so all keys of one script call are in one slot.
/// Thread-safe.
/// </summary>
internal sealed class RedisKeys
{
    // Bytes, which the client sends before a key's own text without joining the two.
    private readonly RedisKey _nonce;
    private readonly RedisKey _rate;
    private readonly RedisKey _slots;
    private readonly RedisKey _budget;
    private readonly RedisKey _once;

    public RedisKeys(string prefix, string tenant)
    {
        RedisKey Begin(string kind) => Encoding.UTF8.GetBytes($"{prefix}:{{{tenant}}}:{kind}");
        Memory = Begin("memory");
        (_nonce, _rate, _slots, _budget, _once) = (Begin("nonce:"), Begin("rate:"), Begin("slots:"), Begin("budget:"), Begin("once:"));
    }

    /// <summary>A hash: <c>i</c> whose memory it is, <c>s</c> since when (microseconds), <c>e</c> the revocation epoch.</summary>
    public RedisKey Memory { get; }

    // The key id's length stands before it, so that no other pair of id and nonce gives the same name.
    public RedisKey Nonce(NonceUse nonce) => _nonce.Append($"{nonce.KeyId.Length}:{nonce.KeyId}:{nonce.Value}");

    public RedisKey Rate(RateUse use) => _rate.Append(use.Key);

    public RedisKey Slots(ConcurrencyUse use) => _slots.Append(use.Key);

    // The window's length stands before the key: a budget whose window is changed starts a counter of its own.
    public RedisKey Budget(BudgetUse use) => _budget.Append($"{(long)use.Budget.Window.TotalSeconds}:{use.Key}");

    public RedisKey Idempotency(IdempotencyUse use) => _once.Append(use.Key);
}
