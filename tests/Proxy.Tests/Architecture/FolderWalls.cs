namespace Gateway.Proxy.Tests.Architecture;

/// <summary>
/// Which folders of one project know each other, straight or round a corner. A folder is a namespace; one inside another is a folder of its
/// own.
/// </summary>
internal static class FolderWalls
{
    public static IEnumerable<string> Offences(string root, IEnumerable<Use> uses)
    {
        var known = new Dictionary<(string From, string To), string>();
        foreach (var use in uses)
        {
            if (use.Assembly.Length == 0 && FolderOf(use.User) is var from && FolderOf(use.Type) is var to && from != to)
            {
                known.TryAdd((from, to), $"{use.Place} uses {use.Named}");
            }
        }

        var next = known.Keys.Where(edge => IsOf(root, edge.From) && IsOf(root, edge.To)).ToLookup(edge => edge.From, edge => edge.To);
        foreach (var edge in known.Keys.Where(edge => IsOf(root, edge.From) && IsOf(root, edge.To)).Order())
        {
            if (string.CompareOrdinal(edge.From, edge.To) < 0 && Way(edge.To, edge.From, next) is { } back)
            {
                yield return $"{edge.From} and {edge.To} know each other: {known[edge]}, and "
                    + $"{string.Join("; ", back.Select(step => known[step]))}. "
                    + "Move the type to the folder that both may know.";
            }
        }
    }

    private static bool IsOf(string root, string folder) => Use.IsUnder(folder, root);

    private static string FolderOf(string type) => type[..Math.Max(0, type.Split('+')[0].LastIndexOf('.'))];

    /// <summary>The shortest way from one folder to another; null where there is none.</summary>
    private static List<(string From, string To)>? Way(string from, string to, ILookup<string, string> next)
    {
        var came = new Dictionary<string, string> { [from] = "" };
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var at))
        {
            if (at == to)
            {
                var way = new List<(string, string)>();
                for (var step = to; step != from; step = came[step])
                {
                    way.Insert(0, (came[step], step));
                }

                return way;
            }

            foreach (var folder in next[at].Where(folder => came.TryAdd(folder, at)))
            {
                queue.Enqueue(folder);
            }
        }

        return null;
    }
}
