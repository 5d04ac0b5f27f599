using System.Security.Cryptography;

namespace Gateway.Proxy.Peers;

/// <summary>This process among all that have the same settings: two that have one log are told apart by it.</summary>
internal sealed class ProcessName
{
    private const int Digits = 32;

    /// <value>Made at the start; no other process has it.</value>
    public string Id { get; } = RandomNumberGenerator.GetHexString(Digits, lowercase: true);
}
