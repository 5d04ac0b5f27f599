using System.Globalization;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// How many files this process may open, and how many of them may be clients' connections. The rest is for what a request needs: its record, the store, the connection to its
/// system. Without that anybody who only connects could take them all: nothing can be recorded then, and .NET itself may end the process where it can't open one of its own.
/// </summary>
internal static class OpenFiles
{
    /// <value>With fewer no useful number of connections is left beside what the process opens by itself, some 200.</value>
    public const long Least = 512;

    /// <value>Of what the process opens by itself, the part that is taken from the connections.</value>
    private const long Own = 128;

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>How many it may open; null where the system doesn't say. .NET raises the soft limit to the hard one when it starts.</summary>
    public static long? Allowed() => File.Exists(Limits) ? Read(File.ReadLines(Limits)) : null;

    /// <param name="limits">As in <c>/proc/self/limits</c> (proc(5)): a name, the soft limit, the hard one, a unit.</param>
    public static long? Read(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(l => l.StartsWith(Line, StringComparison.Ordinal));
        var soft = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return soft == "unlimited" ? long.MaxValue : long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var allowed) ? allowed : null;
    }

    /// <summary>Five eighths, less some: a request that goes out needs a connection to its system too, and not every client's connection has one under way.</summary>
    public static long Connections(long allowed) => Math.Max(0, (allowed / 8 * 5) - Own);
}
