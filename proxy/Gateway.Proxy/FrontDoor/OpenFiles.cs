using System.Globalization;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// How many files this process may open, and how many of them may be connections. The rest is for what a request needs beside these: its
/// record, the store. Without that anybody who only connects could take them all: nothing can be recorded then, and .NET ends the process
/// where it has no file for a pipe of a new thread.
/// </summary>
internal static class OpenFiles
{
    /// <value>With fewer no useful number of connections is left beside what the process opens by itself: some 260, most of them the
    /// assemblies that it has loaded.</value>
    public const long Least = 512;

    /// <value>Of what the process opens by itself, the part that is taken from the connections of each side.</value>
    private const long OwnOfIncoming = 192;
    private const long OwnOfOutgoing = 64;

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>
    /// How many it may open; null where the system doesn't say. .NET raises the soft limit to the hard one when it starts.
    /// </summary>
    public static long? Allowed() => File.Exists(Limits) ? Read(File.ReadLines(Limits)) : null;

    /// <param name="limits">As in <c>/proc/self/limits</c> (proc(5)): a name, the soft limit, the hard one, a unit.</param>
    public static long? Read(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(l => l.StartsWith(Line, StringComparison.Ordinal));
        var soft = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return soft == "unlimited" ? long.MaxValue
            : long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var allowed) ? allowed
            : null;
    }

    /// <summary>How many clients may be connected: five eighths, less some.</summary>
    public static int Connections(long allowed) => Bounded((allowed / 8 * 5) - OwnOfIncoming);

    /// <summary>
    /// How many connections to systems there may be: two eighths, less some. Not every client's connection has one under way.
    /// </summary>
    public static int Outgoing(long allowed) => Bounded((allowed / 8 * 2) - OwnOfOutgoing);

    private static int Bounded(long count) => (int)Math.Clamp(count, 0, int.MaxValue);
}
