using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// Questions about texts: parts, starts, ends and patterns. All compare characters one by one, without regard to language.
/// </summary>
internal static class TextTests
{
    /// <summary>Searching for a long text in a long one can take many looks at each character.</summary>
    private const int WordLength = 16;

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new(
            "(string).contains(string) -> bool",
            (f, a) =>
                ChargeSearch(f, a[0].AsString, a[1].AsString)
                    ? CelValue.From(a[0].AsString.Contains(a[1].AsString, StringComparison.Ordinal))
                    : Failures.TooCostly
        ),
        new(
            "(string).startsWith(string) -> bool",
            (_, a) => CelValue.From(a[0].AsString.StartsWith(a[1].AsString, StringComparison.Ordinal))
        ),
        new("(string).endsWith(string) -> bool", (_, a) => CelValue.From(a[0].AsString.EndsWith(a[1].AsString, StringComparison.Ordinal))),
        new("(string).matches(string) -> bool", (f, a) => Matches(f, a[0].AsString, a[1].AsString)),
        new("matches(string, string) -> bool", (f, a) => Matches(f, a[0].AsString, a[1].AsString)),
    ];

    internal static bool ChargeSearch(CelActivation frame, string text, string wanted) =>
        frame.ChargeText((long)text.Length * (1 + (wanted.Length / WordLength)));

    private static CelValue Matches(CelActivation frame, string text, string pattern) =>
        PatternCache.TryGet(frame, pattern, out var compiled, out var problem) ? compiled.IsMatch(frame, text) : CelValue.Fail(problem);
}
