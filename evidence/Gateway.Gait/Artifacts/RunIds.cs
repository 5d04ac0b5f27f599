using System.Buffers;

namespace Gateway.Gait.Artifacts;

/// <summary>The names of runs.</summary>
public static class RunIds
{
    private const string Prefix = "run_";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>
    /// <c>run_</c>, then at least one letter, digit, <c>_</c> or <c>-</c>; at most 128 characters. So a run's name can be a file's.
    /// </summary>
    public static bool IsRunId(string text) =>
        text.Length is > 4 and <= 128
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Allowed);
}
