using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

/// <summary>
/// An agent's share of what the shared state remembers: its nonces and idempotency keys, as rates, so that they cost no further round trip.
/// Of so many at once, half may come together, and the other half in the time that one is remembered.
/// </summary>
/// <param name="skew">How much longer than its signature a nonce is remembered.</param>
internal sealed class AgentMemory(AdmissionOptions options, TimeSpan skew)
{
    /// <value>How long a second request under an idempotency key is refused: a day, as payment providers have it.</value>
    public static readonly TimeSpan RememberKeys = TimeSpan.FromDays(1);

    /// <value>What a shorter signature counts as: many short ones must not add up to more than as many long ones.</value>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);

    private const int MostKnown = 100_000;

    // As a rule an agent's signatures all live for the same time.
    private readonly ConcurrentDictionary<Id<Agent>, RateUse> _nonces = new();
    private readonly RateLimit _keys = Of(options.IdempotencyKeysPerAgent, RememberKeys);

    public RateUse KeysOf(Id<Agent> agent) => new($"agent/{agent}/idempotency-keys", _keys);

    /// <summary>Null for a bearer, which has no nonce.</summary>
    public RateUse? NoncesOf(VerifiedAgent agent)
    {
        if (agent.Nonce is not { } nonce)
        {
            return null;
        }

        var life = nonce.Expires - nonce.Created;
        life = (life > ShortestLife ? life : ShortestLife) + skew + TimeSpan.FromSeconds(1);
        if (_nonces.TryGetValue(agent.Agent, out var known) && known.Limit.Period == life)
        {
            return known;
        }

        // By name alone: tenants that share one share what is written here, and nothing that is counted.
        if (_nonces.Count >= MostKnown)
        {
            _nonces.Clear();
        }

        return _nonces[agent.Agent] = new RateUse($"agent/{agent.Agent}/nonces", Of(options.NoncesPerAgent, life));
    }

    private static RateLimit Of(int atOnce, TimeSpan life) => new(atOnce / 2, life, atOnce / 2);
}
