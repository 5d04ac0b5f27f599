namespace Gateway.Policy.Rules.Intents;

/// <summary>The domain that a host or a URL names.</summary>
internal static class EndpointDomains
{
    /// <summary>What goes into the intent where the caller gives no domain; lower case, empty where there is none.</summary>
    public static string Infer(string kind, string value) =>
        kind switch
        {
            "host" => FromHost(value).ToLowerInvariant(),
            "url" => UrlHost.Of(value),
            _ => "",
        };

    /// <summary>
    /// What the value really names, for checks that allow: empty where that is in doubt. A dot at the end is the same host.
    /// </summary>
    public static string Actual(string kind, string value) =>
        kind switch
        {
            "host" => Certain(UrlHost.Bracketed(value) ?? FromHost(value)),
            "url" => value.Contains('\\') ? "" : Certain(UrlHost.Of(value)),
            _ => "",
        };

    private static string Certain(string host) =>
        host.AsSpan().ContainsAny(UrlHost.Doubtful) ? "" : host.Trim().TrimEnd('.').ToLowerInvariant();

    private static string FromHost(string value)
    {
        var host = value.Trim();
        host = host.StartsWith("http://", StringComparison.Ordinal) ? host["http://".Length..] : host;
        host = host.StartsWith("https://", StringComparison.Ordinal) ? host["https://".Length..] : host;
        host = host.Split('/')[0];
        return host.Split(':')[0].Trim();
    }
}
