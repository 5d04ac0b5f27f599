namespace Gateway.Proxy.Identity;

/// <summary>One signature of <c>Signature-Input</c>. A view of the field's text.</summary>
internal readonly ref struct SignatureInputMember
{
    public required Range Label { get; init; }

    /// <summary>Where its covered list with the parameters is in the field.</summary>
    public required Range Value { get; init; }

    /// <summary>Its covered list; null for one that is still to be read.</summary>
    public required Coverage? Known { get; init; }

    public required SignatureParameters Parameters { get; init; }

    /// <summary>Whether its value is its own serialisation (RFC 8941 section 4.1).</summary>
    public required bool IsCanonical { get; init; }
}
