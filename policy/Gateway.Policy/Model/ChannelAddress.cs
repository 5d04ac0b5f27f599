using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Model;

/// <summary>Where a channel's messages go by HTTP: one of the two.</summary>
/// <param name="Plain">As the document has it.</param>
/// <param name="Secret">The reference of an address that is a secret itself: who knows it can post there.</param>
public sealed record ChannelAddress(Uri? Plain, CredentialReference? Secret)
{
    private const int MaxLength = 2048;

    /// <summary>
    /// An address of one spelling, such as <c>https://hooks.example.com/in?key=1</c>: printable ASCII, http or https, with a host, without
    /// a user and a fragment. Never throws.
    /// </summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        if (
            text is null
            || text.Length > MaxLength
            || text.AsSpan().ContainsAnyExceptInRange('!', '~')
            || text.AsSpan().ContainsAny("\\@#\"<>")
            || !Uri.TryCreate(text, UriKind.Absolute, out var read)
            || (read.Scheme != Uri.UriSchemeHttp && read.Scheme != Uri.UriSchemeHttps)
            || read.Host.Length == 0
            || read.Port <= 0
        )
        {
            return false;
        }

        address = read;
        return true;
    }

    /// <summary>Whether a message to it is read by nobody on the way: it is encrypted, or doesn't leave the machine.</summary>
    public static bool IsPrivate(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.IsLoopback;
}
