using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The formats of where people are told: addresses of the web and of mail, and mail servers.</summary>
internal static class ChannelFormats
{
    private const int MaxMail = 254; // RFC 5321, 4.5.3.1.3, without the brackets.
    private const int MaxHost = 253;

    /// <summary>
    /// Never shown in an error: authors paste the secret address itself here. A query isn't taken: what stands there is most often one.
    /// </summary>
    public static FieldFormat<ChannelAddress> Address { get; } =
        new(
            "an http or https address without user, query and fragment, or a reference to a secret one",
            "https://hooks.example.com/gateway, or vault://local/hook#url",
            TryReadAddress,
            value => value.Secret?.ToString() ?? value.Plain!.AbsoluteUri
        )
        {
            MayShow = false,
        };

    /// <summary>The part before the @ without quotes and comments, so that no reader of it finds two.</summary>
    public static FieldFormat<string> Mail { get; } = new("an e-mail address", "approvals@example.com", TryReadMail, value => value);

    public static FieldFormat<string> Host { get; } =
        new(
            "a host's name or address, without a port",
            "smtp.example.com",
            (string text, out string value) =>
            {
                value = text.ToLowerInvariant();
                return IsHost(value) || (text.Contains(':', StringComparison.Ordinal) && Uri.CheckHostName(text) == UriHostNameType.IPv6);
            },
            value => value
        );

    private static bool TryReadAddress(string text, out ChannelAddress value)
    {
        value = null!;
        if (CredentialReference.TryParse(text, out var reference))
        {
            value = new ChannelAddress(null, reference);
            return true;
        }

        if (!ChannelAddress.TryRead(text, out var address) || address.Query.Length > 0 || text.Contains('?', StringComparison.Ordinal))
        {
            return false;
        }

        value = new ChannelAddress(address, null);
        return true;
    }

    private static bool TryReadMail(string text, out string value)
    {
        value = text;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= MaxMail
            && at is > 0 and <= 64
            && text[..at].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+')
            && text[0] != '.'
            && text[at - 1] != '.'
            && !text.Contains("..", StringComparison.Ordinal)
            && IsHost(text[(at + 1)..]);
    }

    private static bool IsHost(string text) =>
        text.Length is > 0 and <= MaxHost
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
        && Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4;
}
