using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// What is wrong with names beside each other. None of those that could be taken for one another is shown: which of them a pin or a model
/// means, nobody can say.
/// </summary>
public static class ListedNames
{
    /// <param name="definitions">All of one list, of all its pages where they are known.</param>
    /// <returns>The same in the same order, with a finding for each sound one whose name isn't its own.</returns>
    public static IReadOnlyList<Definition> Mark(ListKind kind, IReadOnlyList<Definition> definitions)
    {
        var exact = new Dictionary<string, int>(StringComparer.Ordinal);
        var alike = new Dictionary<string, Likeness>(StringComparer.Ordinal);
        foreach (var name in definitions.Select(definition => definition.Name))
        {
            exact[name] = exact.GetValueOrDefault(name) + 1;
            var folded = LooseText.Fold(name);
            alike[folded] = alike.GetValueOrDefault(folded).With(Ascii.IsValid(name), isFirst: exact[name] == 1);
        }

        return
        [
            .. definitions.Select(definition =>
                definition.Finding != DefinitionFinding.Sound ? definition
                : exact[definition.Name] > 1 ? definition with { Finding = DefinitionFinding.RepeatedName }
                : IsAlike(kind, definition.Name, alike[LooseText.Fold(definition.Name)])
                    ? definition with
                    {
                        Finding = DefinitionFinding.AlikeName,
                    }
                : definition
            ),
        ];
    }

    /// <summary>
    /// A model mixes up two tools whose names differ in case. Addresses of resources are copied, not typed, and files on many systems
    /// differ in nothing but case: only those that aren't ASCII, which can look the same, are compared loosely.
    /// </summary>
    private static bool IsAlike(ListKind kind, string name, Likeness names) =>
        names.All > 1 && (kind is ListKind.Tools or ListKind.Prompts || !Ascii.IsValid(name) || names.NotAscii > 0);

    /// <summary>How many different names fold to one.</summary>
    private readonly record struct Likeness(int All, int NotAscii)
    {
        public Likeness With(bool isAscii, bool isFirst) => isFirst ? new Likeness(All + 1, NotAscii + (isAscii ? 0 : 1)) : this;
    }
}
