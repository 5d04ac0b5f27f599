using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// Makes and verifies decision tokens. A token is the only thing that opens the vault, for exactly one intent and for at most
/// <see cref="Lifetime"/>.
/// </summary>
public sealed class DecisionTokens(KeyRing keys, TimeProvider time)
{
    /// <value>The longest that a token lives: 300 s. How long each does is in the agent's profile, by its level.</value>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    /// <summary>
    /// Only for an allow: the caller has met every obligation that reduces the action, and the intent is the reduced one.
    /// </summary>
    internal DecisionToken Mint(Judgement judgement, Intent intent)
    {
        if (judgement.Decision.Verdict is not (Verdict.Allow or Verdict.Degrade))
        {
            throw new InvalidOperationException("Only an allow, or a degrade whose obligations were met, carries a token.");
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var expires = now + (long)LifetimeOf(ProfileOf(judgement), judgement.Decision.Level).TotalSeconds;
        var token = new DecisionToken(Identifier.Next(), now, expires, judgement.Read.Tenant.Revision);
        return token with { Code = CodeOf(token, intent, intent.Target, judgement.DecisionId) };
    }

    /// <summary>Whether the token is ours, in time, and for exactly this intent under this decision.</summary>
    /// <param name="sent">The intent's target, computed anew from what is about to be sent.</param>
    internal bool Verify(DecisionToken token, Intent intent, in IntentTarget sent, string decisionId)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return CodeOf(token, intent, sent, decisionId) == token.Code // In constant time.
            && token.Issued <= now
            && now < token.Expires
            && token.Expires - token.Issued <= (long)Lifetime.TotalSeconds;
    }

    /// <summary>By the level that the agent was judged at; the shortest there is without a profile.</summary>
    internal static TimeSpan LifetimeOf(Profile? profile, AtfLevel level)
    {
        var lifetime = profile?.TokenLifetimeOf(level) ?? TimeSpan.FromSeconds(1);
        return lifetime < Lifetime ? lifetime : Lifetime;
    }

    private static Profile? ProfileOf(Judgement judgement) =>
        judgement.Read.Tenant.Agents.GetValueOrDefault(judgement.Read.Intent.Agent)?.Profile;

    /// <summary>HMAC-SHA256 over what the token says, the decision and the intent, in a layout that has one reading.</summary>
    private Sha256Digest CodeOf(DecisionToken token, Intent intent, in IntentTarget target, string decisionId)
    {
        var bytes = IntentLayout.Begin();
        IntentLayout.Write(bytes, token.Issued);
        IntentLayout.Write(bytes, token.Expires);
        IntentLayout.Write(bytes, token.Revision);
        IntentLayout.Write(bytes, token.Id);
        IntentLayout.Write(bytes, decisionId);
        IntentLayout.Write(bytes, intent, target);
        Span<byte> code = stackalloc byte[KeyedHash.Length];
        keys.Current.Hash.Compute(bytes.WrittenSpan, code);
        return new Sha256Digest(code);
    }
}

/// <summary>A minted token. Never leaves the process and is never recorded: its id is. Without its code it opens nothing.</summary>
/// <param name="Issued">Seconds since the epoch; so <paramref name="Expires"/>.</param>
/// <param name="Revision">Of the snapshot that the decision rests on.</param>
internal sealed record DecisionToken(string Id, long Issued, long Expires, Sha256Digest Revision)
{
    /// <summary>Only the holder of the decision key can compute it.</summary>
    public Sha256Digest Code { get; init; }

    public override string ToString() => $"decision token {Id}";
}
