namespace Gateway.Connectors.Vaults;

/// <summary>Every key that Gateway works with, one ring a purpose; no two keys are equal. Made by <see cref="KeyLoader"/>.</summary>
public sealed class GatewayKeys
{
    public required KeyRing DataEncryption { get; init; }
    public required KeyRing DecisionSigning { get; init; }
    public required KeyRing BearerPepper { get; init; }
    public required KeyRing LogSigning { get; init; }
}
