namespace Gateway.Evidence.Signing;

/// <summary>What an instance signs its logs with, and what it takes as signed by it or by the instance before it. Never shown.</summary>
public sealed class LogKeys
{
    private readonly Ed25519PrivateKey[] _all;

    /// <param name="current">Signs.</param>
    /// <param name="older">Verify what they have signed while they were current. The keys themselves, since what isn't signed yet is
    /// proven by a secret.</param>
    public LogKeys(Ed25519PrivateKey current, IReadOnlyList<Ed25519PrivateKey> older)
    {
        _all = [current, .. older];
        Public = [.. _all.Select(key => key.PublicKey)];
    }

    internal Ed25519PrivateKey Current => _all[0];

    /// <summary>The current one first.</summary>
    public IReadOnlyList<Ed25519PublicKey> Public { get; }

    /// <summary>What proves the records of one log that aren't signed yet.</summary>
    internal RecordTags TagsOf(string origin) => new(_all, origin);

    public override string ToString() => $"log key {Current.PublicKey.KeyId}";
}
