using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The formats of what is written on the wire: headers, methods, paths, media types, models.</summary>
internal static class WebFormats
{
    // RFC 9110, 5.6.2.
    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private const int MaxToken = 128;

    /// <summary>A header that an operation lets pass; read into lower case.</summary>
    public static FieldFormat<string> PassedHeader { get; } =
        Header("a header that may pass (not one of Gateway's, of a credential or of the connection)", HeaderRules.MayPass);

    /// <summary>TRACE and CONNECT open ways round the proxy, OPTIONS does nothing for an agent.</summary>
    public static FieldFormat<string> Method { get; } =
        new(
            "an HTTP method",
            "GET",
            (string text, out string value) =>
            {
                value = text;
                return text is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE";
            },
            value => value
        )
        {
            Words = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        };

    public static FieldFormat<PathTemplate> Path { get; } =
        new(
            "a path that starts with '/', with holes as whole segments, each of another name, and a '{**rest}' only at its end",
            "/contacts/{id}",
            (string text, out PathTemplate value) =>
            {
                var read = PathTemplate.TryParse(text, out var template);
                value = template!;
                return read && text.Length <= 1024 && text.All(c => char.IsAscii(c) && !char.IsControl(c) && c != ' ');
            },
            value => value.Text
        );

    public static FieldFormat<string> MediaType { get; } =
        new(
            "a media type without parameters",
            "application/json",
            (string text, out string value) =>
            {
                value = text.ToLowerInvariant();
                var slash = text.IndexOf('/', StringComparison.Ordinal);
                return slash > 0 && IsToken(text[..slash]) && IsToken(text[(slash + 1)..]) && !text.Contains('*', StringComparison.Ordinal);
            },
            value => value
        );

    /// <summary>A model's exact name, or its beginning followed by a star.</summary>
    public static FieldFormat<string> ModelMatch { get; } =
        Model("a model's name, or its beginning followed by '*'", "gpt-4o*", star: true);

    public static FieldFormat<string> ModelName { get; } = Model("a model's exact name", "gpt-4o", star: false);

    /// <summary>A header's name, read into lower case.</summary>
    /// <param name="allowed">Which names it may be, in lower case.</param>
    public static FieldFormat<string> Header(string expected, Func<string, bool> allowed) =>
        new(
            expected,
            "x-request-id",
            (string text, out string value) =>
            {
                value = text.ToLowerInvariant();
                return IsToken(text) && allowed(value);
            },
            value => value
        );

    private static FieldFormat<string> Model(string expected, string example, bool star) =>
        new(
            expected,
            example,
            (string text, out string value) =>
            {
                value = text;
                var name = star && text.EndsWith('*') ? text[..^1] : text;
                return text.Length is > 0 and <= MaxToken
                    && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '@');
            },
            value => value
        );

    /// <summary>Whether it is a token of HTTP (RFC 9110, 5.6.2) of at most 128 characters.</summary>
    public static bool IsToken(string text) => text.Length is > 0 and <= MaxToken && !text.AsSpan().ContainsAnyExcept(Token);
}
