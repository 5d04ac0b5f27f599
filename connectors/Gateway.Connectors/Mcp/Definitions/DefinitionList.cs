using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>Whose list it is: servers list what the credential may use, so two credentials of one connector have two lists.</summary>
/// <param name="Credential">The reference that the secret is found by, with the agent's name in it where it is one of its own; never the
/// secret. Empty where there is none.</param>
public readonly record struct DefinitionSource(Id<Tenant> Tenant, Id<Connector> Connector, ListKind Kind, string Credential);

/// <summary>One whole list as it was at one time. Immutable.</summary>
public sealed class DefinitionList
{
    /// <value>Items of a list at most, on all its pages.</value>
    public const int MaxItems = ListPage.MaxItems;

    /// <value>Bytes of schemas and names at most, on all its pages.</value>
    public const int MaxSize = ListPage.MaxLength;

    private const int OfOne = 256; // Bytes of a definition's own, about.

    private readonly FrozenDictionary<string, Definition> _byName;

    private DefinitionList(IReadOnlyList<Definition> all, long size, long taken)
    {
        (All, Size, Taken) = (all, size, taken);
        _byName = all.DistinctBy(definition => definition.Name).ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);
    }

    /// <summary>In the server's order.</summary>
    public IReadOnlyList<Definition> All { get; }

    /// <summary>Bytes that are kept, about.</summary>
    internal long Size { get; }

    /// <summary>The clock's timestamp from before the list was asked for: what is newer may not be in it.</summary>
    internal long Taken { get; }

    /// <summary>The definition of a name, sound or not; null where the server lists none.</summary>
    public Definition? Find(string name) => name.Length == 0 ? null : _byName.GetValueOrDefault(name);

    /// <summary>Puts pages together, and looks at names across them.</summary>
    /// <returns>Null where a page is an error, there is none, or they are over the bounds.</returns>
    internal static DefinitionList? Of(ListKind kind, IReadOnlyList<ListPage> pages, long taken)
    {
        var all = new List<Definition>();
        var size = 0L;
        foreach (var page in pages)
        {
            all.AddRange(page.Definitions);
            size += page.Definitions.Sum(definition => OfOne + definition.InputSchema.Length + (sizeof(char) * definition.Name.Length));
            if (page.IsError || all.Count > MaxItems || size > MaxSize)
            {
                return null;
            }
        }

        return pages.Count == 0 ? null : new DefinitionList(ListedNames.Mark(kind, all), size, taken);
    }
}
