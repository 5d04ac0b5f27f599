using System.Globalization;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A fact that opens many files; skipped, and it says so, where a process may not.</summary>
public sealed class ManyFilesFactAttribute : FactAttribute
{
    private const string Limits = "/proc/self/limits";

    public ManyFilesFactAttribute(int needed)
    {
        if (Allowed() < needed)
        {
            Skip = $"needs {needed} open files, and a process may have {Allowed()} here: raise the hard limit (ulimit -Hn)";
        }
    }

    /// <summary>The hard limit, to which .NET raises its own.</summary>
    private static long Allowed()
    {
        var words = File.Exists(Limits) ? File.ReadLines(Limits).First(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return words.Length < 5 ? 0 : words[4] == "unlimited" ? long.MaxValue : long.Parse(words[4], CultureInfo.InvariantCulture);
    }
}
