using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>Bytes that the patterns' finds have, by which a text is walked fast.</summary>
internal static class TextAnchors
{
    /// <value>An IBAN's two letters stand before its first digit; other numbers begin with an anchor.</value>
    private const int MaxBeforeNumber = 2;

    private static readonly SearchValues<byte> Numbers = SearchValues.Create(NumberAnchors);
    private static readonly SearchValues<byte> NumbersAndSecrets = SearchValues.Create([.. NumberAnchors, .. SecretPattern.Anchors]);

    private static ReadOnlySpan<byte> NumberAnchors => "0123456789+("u8;

    /// <summary>
    /// Bytes of which each find has one at its beginning or so far behind it at most: from one to the next of them nothing else needs to be
    /// looked at. Null where there are none.
    /// </summary>
    public static (SearchValues<byte>? Anchors, int MaxBefore) Of(RedactionPatterns patterns) =>
        (patterns & RedactionPatterns.Email) != 0 ? (null, 0)
        : (patterns & RedactionPatterns.Secret) != 0 ? (NumbersAndSecrets, Math.Max(MaxBeforeNumber, SecretPattern.MaxBeforeAnchor))
        : (Numbers, MaxBeforeNumber);
}
