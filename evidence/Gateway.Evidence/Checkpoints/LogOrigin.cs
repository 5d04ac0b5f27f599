using Gateway.Evidence.Journal;

namespace Gateway.Evidence.Checkpoints;

/// <summary>A log's name in its checkpoints, and its key's name in their signatures: the same, as C2SP tlog-checkpoint advises.</summary>
internal static class LogOrigin
{
    private const string Prefix = "gateway/log/";

    public static string Of(LogId log) => Prefix + log;

    public static bool TryParse(string origin, out LogId log)
    {
        log = default;
        return origin.StartsWith(Prefix, StringComparison.Ordinal) && LogId.TryParse(origin.AsSpan(Prefix.Length), out log);
    }
}
