using System.Collections.Frozen;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>
/// The authorities that Gateway is configured to be reached by. A signature for another host, even a valid one, was not meant for it.
/// Immutable. An empty list accepts nothing.
/// </summary>
internal sealed class AllowedAuthorities
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <param name="authorities">
    /// <c>host</c> or <c>host:port</c>. A host alone stands for the scheme's own port; so does <c>:443</c> or <c>:80</c> behind it.
    /// </param>
    /// <exception cref="ArgumentException">One of them is no authority.</exception>
    public AllowedAuthorities(IEnumerable<string> authorities)
        => _names = authorities.Select(Normalize).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Contains(string scheme, string authority)
    {
        Span<char> normalized = stackalloc char[RequestAuthority.MaxLength];
        return RequestAuthority.TryNormalize(scheme, authority, normalized, out var length) && _names.Contains(normalized[..length]);
    }

    private static string Normalize(string authority)
    {
        Span<char> normalized = stackalloc char[RequestAuthority.MaxLength];
        var scheme = authority.EndsWith(":80", StringComparison.Ordinal) ? "http" : "https";
        return RequestAuthority.TryNormalize(scheme, authority, normalized, out var length)
            ? normalized[..length].ToString()
            : throw new ArgumentException($"'{authority}' is no authority: write host or host:port, without a scheme or a path.", nameof(authority));
    }
}
