namespace Gateway.Evidence.Signing;

/// <summary>What an instance signs its logs with, and what it takes as signed by it or by the instance before it. Never shown.</summary>
public sealed class LogKeys
{
    /// <param name="current">Signs.</param>
    /// <param name="older">Verify what they have signed while they were current.</param>
    public LogKeys(Ed25519PrivateKey current, IReadOnlyList<Ed25519PublicKey> older) =>
        (Current, Public) = (current, [current.PublicKey, .. older]);

    internal Ed25519PrivateKey Current { get; }

    /// <summary>The current one first.</summary>
    public IReadOnlyList<Ed25519PublicKey> Public { get; }

    public override string ToString() => $"log key {Current.PublicKey.KeyId}";
}
