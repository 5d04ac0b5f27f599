using Gateway.Connectors.Models;

namespace Gateway.Proxy.Doors.Models;

/// <summary>The ids that a body names, as the provider knows them.</summary>
internal static class OpenedIds
{
    /// <summary>False where one of them is none that the owner was given.</summary>
    public static bool TryOpen(
        OwnedIds ids,
        IdOwner owner,
        IReadOnlyList<string> references,
        out IReadOnlyDictionary<string, string> opened
    )
    {
        var names = new Dictionary<string, string>(references.Count, StringComparer.Ordinal);
        opened = names;
        for (var i = 0; i < references.Count; i++)
        {
            if (!ids.TryOpen(owner, references[i], out var id))
            {
                return false;
            }

            names[references[i]] = id;
        }

        return true;
    }
}
