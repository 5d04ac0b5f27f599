using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Gateway.Proxy.Telemetry;

/// <summary>What a variable may hold.</summary>
/// <param name="Wanted">For the operator, behind "must be".</param>
internal sealed partial record VariableForm(string Wanted, Func<string, bool> Fits)
{
    /// <param name="comparer">As the SDK compares them.</param>
    public static VariableForm OneOf(StringComparer comparer, params string[] words) =>
        new($"'{string.Join("', '", words[..^1])}' or '{words[^1]}'", value => words.Contains(value, comparer));

    public static VariableForm OneOf(params string[] words) => OneOf(StringComparer.Ordinal, words);

    public static bool IsUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0;

    /// <summary>As W3C's Baggage has them, from where OpenTelemetry took the form: each name a token of HTTP.</summary>
    public static bool ArePairs(string value) => Array.TrueForAll(value.Split(','), pair => Pair().IsMatch(pair));

    /// <summary>As PEM or DER.</summary>
    public static bool IsCertificate(string file) => Loads(() => X509CertificateLoader.LoadCertificateFromFile(file));

    /// <param name="key">Empty where the certificate's file holds it.</param>
    public static bool IsPair(string certificate, string key) =>
        Loads(() => X509Certificate2.CreateFromPemFile(certificate, key.Length > 0 ? key : null));

    private static bool Loads(Func<X509Certificate2> load)
    {
        try
        {
            using var loaded = load();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[ \\t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \\t]*=[ -~]*\\z")]
    private static partial Regex Pair();
}
