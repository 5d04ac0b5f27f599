namespace Gateway.Proxy.Tests.Architecture;

/// <summary>
/// What pure code can't name: I/O, the network, clocks, chance, threads and the process around it. Streams and text in memory are no I/O.
/// </summary>
internal static class Purity
{
    private static readonly string[] Forbidden =
    [
        "System.IO",
        "System.Net",
        "System.Console",
        "System.Environment",
        "System.AppContext",
        "System.TimeProvider",
        "System.Random",
        "System.Activator",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.Threading.Thread",
        "System.Threading.ThreadPool",
        "System.Threading.Timer",
        "System.Threading.PeriodicTimer",
        "System.Threading.Tasks.TaskFactory",
        "System.Threading.Tasks.Parallel",
        "System.Security.Cryptography.RandomNumberGenerator",
        "Microsoft.Extensions",
        "Microsoft.AspNetCore",
        "Microsoft.Win32",
    ];

    private static readonly string[] InMemory =
    [
        "System.IO.Stream",
        "System.IO.MemoryStream",
        "System.IO.TextReader",
        "System.IO.StringReader",
        "System.IO.TextWriter",
        "System.IO.StringWriter",
        "System.IO.IOException",
        "System.IO.EndOfStreamException",
        "System.IO.InvalidDataException",
    ];

    /// <summary>Members of types that are otherwise pure, and the other way round.</summary>
    private static readonly HashSet<string> ForbiddenMembers =
    [
        "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid",
        "System.Threading.Tasks.Task.Run",
        "System.Threading.Tasks.Task.Delay",
    ];

    /// <summary>Every <c>yield</c> asks which thread it is on, so that an iterator can be used twice.</summary>
    private const string OfIterators = "System.Environment.get_CurrentManagedThreadId";

    public static IEnumerable<string> Offences(IReadOnlyList<Use> uses)
    {
        foreach (var use in uses.Where(IsImpure))
        {
            yield return $"{use.Place} uses {use.Named}: this code must be able to run anywhere and always give the same. Take the "
                + "value from the caller.";
        }
    }

    private static bool IsImpure(Use use) =>
        ForbiddenMembers.Contains(use.Named)
        || (
            use.Named != OfIterators
            && !(use.Member is null && use.Type == "System.Environment")
            && Forbidden.Any(name => Use.IsUnder(use.Type, name))
            && !InMemory.Any(name => Use.IsUnder(use.Type, name))
        );
}
