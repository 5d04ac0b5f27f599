using System.Globalization;

namespace Gateway.LoadTests.Targets;

/// <summary>
/// CPU time and memory of processes and all below them, from <c>/proc</c>. Elsewhere than on Linux there is none, and both are zero.
/// </summary>
internal static class ProcessorTime
{
    /// <value>USER_HZ: 100 on every Linux that .NET runs on.</value>
    private const double TicksPerSecond = 100;

    private const int Parent = 1;
    private const int UserTime = 11;
    private const int ChildrenSystemTime = 14;
    private const int ResidentPages = 21;

    /// <returns>Seconds in user and kernel, ended children too.</returns>
    public static double SecondsOf(IEnumerable<int> roots) =>
        TreeOf(roots).Sum(fields => Enumerable.Range(UserTime, ChildrenSystemTime - UserTime + 1).Sum(i => fields[i])) / TicksPerSecond;

    /// <returns>Resident bytes.</returns>
    public static long MemoryOf(IEnumerable<int> roots) => TreeOf(roots).Sum(fields => fields[ResidentPages]) * Environment.SystemPageSize;

    private static List<long[]> TreeOf(IEnumerable<int> roots)
    {
        var all = ReadAll();
        var tree = new List<long[]>();
        var open = new Queue<int>(roots);
        while (open.TryDequeue(out var id))
        {
            if (all.TryGetValue(id, out var fields))
            {
                tree.Add(fields);
                foreach (var child in all.Where(process => process.Value[Parent] == id))
                {
                    open.Enqueue(child.Key);
                }
            }
        }

        return tree;
    }

    private static Dictionary<int, long[]> ReadAll()
    {
        var all = new Dictionary<int, long[]>();
        if (!Directory.Exists("/proc/self"))
        {
            return all;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(folder) is { } fields
            )
            {
                all[id] = fields;
            }
        }

        return all;
    }

    /// <summary>
    /// The fields of <c>/proc/PID/stat</c> after the name, which may hold anything (proc(5)); null for a process that just ended.
    /// </summary>
    private static long[]? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return
            [
                .. fields.Select(f =>
                    long.TryParse(f, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0
                ),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
