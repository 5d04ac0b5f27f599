using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// The authorities that Gateway is configured to be reached by: the one comparison of them, for what is let in and for what a signature was
/// meant for. Immutable. An empty list accepts nothing.
/// </summary>
public sealed class AllowedAuthorities
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <param name="authorities">
    /// <c>host</c> or <c>host:port</c>. A host alone stands for the scheme's own port; so does <c>:443</c> or <c>:80</c> behind it.
    /// </param>
    /// <exception cref="ArgumentException">One of them is no authority.</exception>
    public AllowedAuthorities(IEnumerable<string> authorities) =>
        _names = authorities.Select(Normalize).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="scheme">As the client used it: says which port goes without saying.</param>
    public bool Contains(string scheme, string authority)
    {
        Span<char> normalized = stackalloc char[RequestAuthority.MaxLength];
        return RequestAuthority.TryNormalize(scheme, authority, normalized, out var length) && _names.Contains(normalized[..length]);
    }

    /// <summary>Whether a configured text can be one of them.</summary>
    internal static bool IsAuthority(string authority) => TryNormalize(authority, out _);

    private static string Normalize(string authority) =>
        TryNormalize(authority, out var normalized)
            ? normalized
            : throw new ArgumentException(
                $"'{authority}' is no authority: write host or host:port, without a scheme or a path.",
                nameof(authority)
            );

    private static bool TryNormalize(string authority, [NotNullWhen(true)] out string? normalized)
    {
        Span<char> room = stackalloc char[RequestAuthority.MaxLength];
        var scheme = authority.EndsWith(":80", StringComparison.Ordinal) ? "http" : "https";
        normalized = RequestAuthority.TryNormalize(scheme, authority, room, out var length) ? room[..length].ToString() : null;
        return normalized is not null;
    }
}
