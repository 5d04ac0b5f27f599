namespace Gateway.Connectors.Vaults;

/// <summary>Every key that Gateway works with, one ring a purpose; no two keys are equal. Made by <see cref="KeyLoader"/>.</summary>
public sealed class GatewayKeys
{
    public required KeyRing DataEncryption { get; init; }
    public required KeyRing DecisionSigning { get; init; }
    public required KeyRing BearerPepper { get; init; }
    public required KeyRing LogSigning { get; init; }

    /// <param name="rings">One for each purpose.</param>
    internal static GatewayKeys From(List<KeyRing> rings) =>
        new()
        {
            DataEncryption = rings.Single(r => r.Purpose == KeyPurpose.DataEncryption),
            DecisionSigning = rings.Single(r => r.Purpose == KeyPurpose.DecisionSigning),
            BearerPepper = rings.Single(r => r.Purpose == KeyPurpose.BearerPepper),
            LogSigning = rings.Single(r => r.Purpose == KeyPurpose.LogSigning),
        };
}

/// <summary>What came of reading the keys.</summary>
/// <param name="Keys">Null where there is any error: Gateway then doesn't start.</param>
/// <param name="Errors">All of them at once, in the order of the settings.</param>
/// <param name="Warnings">For the log: keys that were made here instead of given.</param>
public sealed record KeyLoadResult(GatewayKeys? Keys, IReadOnlyList<KeyError> Errors, IReadOnlyList<string> Warnings);

/// <summary>One thing wrong with the keys that Gateway was given. For whoever starts it; never holds a key or a part of one.</summary>
/// <param name="Setting">The setting's name, or two joined by <c>and</c>.</param>
public sealed record KeyError(string Setting, string Problem, string Remedy)
{
    public override string ToString() => $"{Setting} {Problem} {Remedy}";
}
