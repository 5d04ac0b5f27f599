using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>The extended functions of texts. Places count code points from 0; what is made costs steps.</summary>
internal static class TextFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new(
            "(string).charAt(int) -> string",
            (f, a) => Charged(f, a[0].AsString) ? TextParts.CharAt(a[0].AsString, a[1].AsInt) : Failures.TooCostly
        ),
        new("(string).indexOf(string) -> int", (f, a) => IndexOf(f, a[0].AsString, a[1].AsString, 0)),
        new("(string).indexOf(string, int) -> int", (f, a) => IndexOf(f, a[0].AsString, a[1].AsString, a[2].AsInt)),
        new("(string).lastIndexOf(string) -> int", (f, a) => LastIndexOf(f, a[0].AsString, a[1].AsString, null)),
        new("(string).lastIndexOf(string, int) -> int", (f, a) => LastIndexOf(f, a[0].AsString, a[1].AsString, a[2].AsInt)),
        new(
            "(string).substring(int) -> string",
            (f, a) => Charged(f, a[0].AsString) ? TextParts.Substring(a[0].AsString, a[1].AsInt, null) : Failures.TooCostly
        ),
        new(
            "(string).substring(int, int) -> string",
            (f, a) => Charged(f, a[0].AsString) ? TextParts.Substring(a[0].AsString, a[1].AsInt, a[2].AsInt) : Failures.TooCostly
        ),
        new(
            "(string).lowerAscii() -> string",
            (f, a) =>
                Charged(f, a[0].AsString)
                    ? Mapped(a[0].AsString, c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)
                    : Failures.TooCostly
        ),
        new(
            "(string).upperAscii() -> string",
            (f, a) =>
                Charged(f, a[0].AsString)
                    ? Mapped(a[0].AsString, c => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c)
                    : Failures.TooCostly
        ),
        new("(string).trim() -> string", (f, a) => Charged(f, a[0].AsString) ? CelValue.From(a[0].AsString.Trim()) : Failures.TooCostly),
        new("(string).reverse() -> string", (f, a) => Charged(f, a[0].AsString) ? TextParts.Reverse(a[0].AsString) : Failures.TooCostly),
        new("(string).replace(string, string) -> string", (f, a) => Replacing.Replace(f, a[0].AsString, a[1].AsString, a[2].AsString, -1)),
        new(
            "(string).replace(string, string, int) -> string",
            (f, a) => Replacing.Replace(f, a[0].AsString, a[1].AsString, a[2].AsString, a[3].AsInt)
        ),
        new("(string).split(string) -> list(string)", (f, a) => Splitting.Split(f, a[0].AsString, a[1].AsString, -1)),
        new("(string).split(string, int) -> list(string)", (f, a) => Splitting.Split(f, a[0].AsString, a[1].AsString, a[2].AsInt)),
        new("(list(string)).join() -> string", (f, a) => Splitting.Join(f, a[0].AsList, "")),
        new("(list(string)).join(string) -> string", (f, a) => Splitting.Join(f, a[0].AsList, a[1].AsString)),
        new("strings.quote(string) -> string", (f, a) => Charged(f, a[0].AsString) ? TextParts.Quote(a[0].AsString) : Failures.TooCostly),
        new("(string).format(list(dyn)) -> string", (f, a) => Formatting.Format(f, a[0].AsString, a[1].AsList)),
    ];

    private static bool Charged(CelActivation frame, string text) => frame.ChargeText(text.Length);

    private static CelValue Mapped(string text, Func<char, char> map) =>
        CelValue.From(
            string.Create(
                text.Length,
                (text, map),
                static (span, state) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = state.map(state.text[i]);
                    }
                }
            )
        );

    private static CelValue IndexOf(CelActivation frame, string text, string wanted, long from)
    {
        if (!TextTests.ChargeSearch(frame, text, wanted))
        {
            return Failures.TooCostly;
        }

        var start = CodePoints.OffsetOf(text, from);
        if (start < 0)
        {
            return Failures.OutOfBounds;
        }

        var found = text.IndexOf(wanted, start, StringComparison.Ordinal);
        return CelValue.From(found < 0 ? -1L : CodePoints.IndexOf(text, found));
    }

    /// <param name="last">The last place at which the wanted text may start; null for any.</param>
    private static CelValue LastIndexOf(CelActivation frame, string text, string wanted, long? last)
    {
        if (!TextTests.ChargeSearch(frame, text, wanted))
        {
            return Failures.TooCostly;
        }

        var limit = last is { } place ? CodePoints.OffsetOf(text, place) : text.Length;
        if (limit < 0 || (last is not null && limit >= text.Length && wanted.Length > 0))
        {
            return Failures.OutOfBounds;
        }

        var end = Math.Min(text.Length, limit + wanted.Length);
        var found = wanted.Length == 0 ? limit : text.AsSpan(0, end).LastIndexOf(wanted, StringComparison.Ordinal);
        return CelValue.From(found < 0 ? -1L : CodePoints.IndexOf(text, found));
    }
}
