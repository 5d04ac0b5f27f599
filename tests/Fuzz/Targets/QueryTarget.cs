using System.Text;
using System.Text.RegularExpressions;
using Gateway.Connectors.Http;
using Gateway.Proxy.Identity.Signatures;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// Every parameter that the framework finds in an accepted query is found there by its name; writing a name with more escapes hides it from
/// nobody; a signed parameter has the value that the framework reads.
/// </summary>
internal static partial class QueryTarget
{
    public static void Check(byte[] input)
    {
        var raw = Encoding.Latin1.GetString(input);
        if (!CleanQuery.TryCheck(raw, out _))
        {
            return;
        }

        Promise.That(raw.All(c => c is > ' ' and <= '~' and not '#'), "An accepted query needs no more encoding.");
        var read = QueryHelpers.ParseQuery("?" + raw);
        foreach (var (name, values) in read)
        {
            Promise.That(!name.Any(char.IsControl), "An accepted query has no control character.");
            if (!raw.Contains(';', StringComparison.Ordinal) && name.Length > 0)
            {
                Promise.That(CleanQuery.Carries(raw, name), $"The query carries '{name}', and it isn't found.");
            }
        }

        CheckEscapes(raw);
        CheckSigned(raw);
    }

    private static void CheckEscapes(string raw)
    {
        var more = EscapeOrLetter().Replace(raw, found => found.Value[0] == '%' ? found.Value : $"%{(int)found.Value[0]:X2}");
        Promise.That(
            more.Length > CleanQuery.MaxLength || !CleanQuery.CarriesProviderCredential(raw) || CleanQuery.CarriesProviderCredential(more),
            "A credential's name is found however it is encoded."
        );
    }

    /// <summary>Names that are there once, plain and without escapes, have the value that stands behind them.</summary>
    private static void CheckSigned(string raw)
    {
        var pairs = raw.Split('&').Where(pair => pair.Length > 0).Select(pair => pair.Split('=', 2)).ToList();
        foreach (var pair in pairs.Where(pair => pair[0].Length > 0 && pair[0].All(char.IsAsciiLetterOrDigit)))
        {
            var times = pairs.Count(other => Form(other[0]) == pair[0]);
            var output = new PooledAscii();
            var isWritten = QueryParameter.TryWrite("?" + raw, pair[0], ref output);
            Promise.Same(times == 1, isWritten, $"'{pair[0]}' is there {times} times.");
            if (isWritten)
            {
                var value = Encoding.ASCII.GetString(output.Written);
                Promise.Same(pair.Length > 1 ? Form(pair[1]) : "", Form(value), "A signed parameter has its value.");
            }

            output.Dispose();
        }
    }

    private static string Form(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex("%..|[A-Za-z]")]
    private static partial Regex EscapeOrLetter();
}
