using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The formats of what an MCP server calls its things.</summary>
internal static class McpFormats
{
    // Those of the specification of 2025-11-25, and the slash, which the proposal that it came from allowed.
    private static readonly SearchValues<char> ToolCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./"
    );

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>Small and capital letters are told apart.</summary>
    public static FieldFormat<string> Tool { get; } =
        new(
            $"a tool's name of 1 to {McpSurface.MaxName} of A-Z, a-z, 0-9, '_', '-', '.' and '/'",
            "search_files",
            (string text, out string value) =>
            {
                value = text;
                return text.Length is > 0 and <= McpSurface.MaxName && !text.AsSpan().ContainsAnyExcept(ToolCharacters);
            },
            value => value
        );

    public static FieldFormat<ResourcePattern> Resource { get; } =
        new(
            "a resource's address, its scheme in small letters, with at most one '*' in a segment (none in a host) and '**' only last",
            "test://docs/**",
            (string text, out ResourcePattern value) =>
            {
                var read = ResourcePattern.TryParse(text, out var pattern);
                value = pattern!;
                return read;
            },
            value => value.Text
        );

    public static FieldFormat<Sha256Digest> Pin { get; } =
        new(
            "a SHA-256 digest of 64 hexadecimal digits",
            new string('0', 64),
            (string text, out Sha256Digest value) => Sha256Digest.TryParse(text, out value),
            value => value.ToString()
        );

    /// <summary>A name, with or without labels before it: read into lower case. No wildcards, no port and no address.</summary>
    public static FieldFormat<string> Host { get; } =
        new(
            "a host's name, without scheme, port and wildcards",
            "login.example.com",
            (string text, out string value) =>
            {
                value = text.ToLowerInvariant();
                return text.Length <= 253
                    && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
                    && Uri.CheckHostName(text) == UriHostNameType.Dns
                    && text[^1] != '.'
                    && !EndsInNumber(text);
            },
            value => value
        );

    /// <summary>A label of at least two parts, a slash and a name.</summary>
    public static FieldFormat<string> Extension { get; } =
        new(
            "an extension's identifier, vendor prefix and name divided by '/'",
            "io.modelcontextprotocol/tasks",
            (string text, out string value) =>
            {
                value = text;
                var slash = text.IndexOf('/', StringComparison.Ordinal);
                return text.Length <= McpSurface.MaxName
                    && slash > 0
                    && IsLabels(text.AsSpan(0, slash))
                    && IsLabels(text.AsSpan(slash + 1));
            },
            value => value
        );

    /// <summary>What a browser takes for an IPv4 address, in any of its spellings (WHATWG URL, "ends in a number").</summary>
    private static bool EndsInNumber(string host)
    {
        var last = host.AsSpan(host.LastIndexOf('.') + 1);
        return !last.ContainsAnyExceptInRange('0', '9')
            || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].IndexOfAnyExcept(Hex) < 0);
    }

    private static bool IsLabels(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
    }
}
