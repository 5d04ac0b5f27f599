using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Times at which nothing changes, in the local time of one zone.</summary>
public sealed record FreezeWindow
{
    /// <summary>An IANA name. One that can't be loaded blocks.</summary>
    public required string Timezone { get; init; }

    /// <summary>Null where the name isn't an IANA zone that is known here.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Block or require_approval.</summary>
    public Verdict Effect { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Lower case; empty for all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> RiskClasses { get; init; } = [];

    /// <summary>In the order of the file: an earlier active one wins over a later broken one.</summary>
    public IReadOnlyList<FreezeRange> Windows { get; init; } = [];
}

/// <summary>From start (included) to end (excluded).</summary>
/// <param name="StartText">As written, <c>2026-03-08T01:00:00</c>, without an offset.</param>
/// <param name="Start">Null where the text isn't such a time; the window is then broken and blocks.</param>
public sealed record FreezeRange(string Name, string StartText, string EndText, DateTime? Start, DateTime? End);
