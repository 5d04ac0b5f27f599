using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// The scanner finds what trying every place finds. A text is redacted alike whichever way JSON spells it and whatever stands beside it in
/// the document. What was planted in it is gone. The first byte says what is planted, the second where.
/// </summary>
internal static class RedactionTarget
{
    private const RedactionPatterns All =
        RedactionPatterns.Email | RedactionPatterns.Card | RedactionPatterns.Secret | RedactionPatterns.Phone | RedactionPatterns.Iban;

    private static readonly RedactionTerms Terms = new(All, TermSet<ArgumentPointer>.Empty);

    private static readonly string[] Secrets =
    [
        "sk-Zq8xT4mNvB2cXw9RkLpY7dHs",
        "ghp_Zq8xT4mNvB2cXw9RkLpY7dHsZq8xT4mNvB2c",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
        "quentin.tarantula@mail.example.org",
        "AKIAZQ8XT4MNVB2CXW9R",
    ];

    public static void Check(byte[] input)
    {
        if (input.Length < 2 || Encoding.UTF8.GetString(input.AsSpan(2)) is not { Length: > 0 } text)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (
            var patterns in (RedactionPatterns[])[All, All & ~RedactionPatterns.Email, RedactionPatterns.Email, RedactionPatterns.Secret]
        )
        {
            CheckScanner(bytes, patterns);
        }

        var alone = Redact($"[{Plain(text)}]")[0];
        Promise.Same(alone, Redact($"[{Escaped(text)}]")[0], "A text is redacted alike, however it is spelled.");
        Promise.Same(alone, Redact($"[{Plain("a@example.org")},{Plain(text)},{Escaped(text)}]")[1], "A text is redacted by itself.");

        var secret = Secrets[input[0] % Secrets.Length];
        var at = input[1] % (text.Length + 1);
        if (at < text.Length && char.IsLowSurrogate(text[at]))
        {
            at++;
        }

        var planted = $"{text[..at]} {secret} {text[at..]}";
        Promise.That(!Redact($"[{Plain(planted)}]")[0].Contains(secret, StringComparison.Ordinal), $"{secret} is still there.");
    }

    private static void CheckScanner(byte[] text, RedactionPatterns patterns)
    {
        var possible = PossiblePatterns.Of(text, patterns);
        for (var from = 0; from < text.Length; )
        {
            var expected = default(TextFind);
            for (var at = from; at < text.Length && expected.Length == 0; at++)
            {
                expected = PatternsAt.Find(text, patterns, at);
            }

            var isFound = TextScanner.TryFind(text, possible, from, out var found);
            Promise.Same(expected, found, $"The first find behind {from} of {patterns} is the scanner's.");
            Promise.Same(expected.Length > 0, isFound, "It says so.");
            from = isFound ? found.Start + found.Length : text.Length;
        }
    }

    private static List<string> Redact(string json)
    {
        Promise.That(JsonRedactor.TryRedact(Encoding.UTF8.GetBytes(json), Terms, out var redacted), "JSON without names is redacted.");
        Promise.That(StrictJson.IsValue(redacted.Span), "What is redacted is JSON.");
        using var document = JsonDocument.Parse(redacted);
        return [.. document.RootElement.EnumerateArray().Select(item => item.GetString()!)];
    }

    private static string Plain(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Escaped(string text) => $"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\"";

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
