using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads a value for each of L1 to L4; one that is left out is the base's, or that of the level below where it is more.</summary>
internal static class LevelFields
{
    /// <param name="stricter">Whether the first is as strict as the second, which is <c>gamut</c>'s.</param>
    public static IReadOnlyList<T> Read<T>(
        MappingReader spec,
        string name,
        FieldFormat<T> format,
        IReadOnlyList<T> from,
        IReadOnlyList<T> gamut,
        Func<T, T, bool> stricter
    )
        where T : struct, IComparable<T>
    {
        List<T> values = [.. from];
        spec.Section(
            name,
            section =>
            {
                foreach (var level in Vocabulary.Level.Values)
                {
                    var at = (int)level - 1;
                    var field = Vocabulary.Level.Text(level);
                    values[at] =
                        section.OptionalValue(field, format)
                        ?? (at > 0 && from[at].CompareTo(values[at - 1]) < 0 ? values[at - 1] : from[at]);
                    if (!stricter(values[at], gamut[at]))
                    {
                        section.Fail(
                            field,
                            $"It is laxer than the profile 'gamut', which has {format.Canonical(gamut[at])}.",
                            "Make it as strict."
                        );
                    }

                    if (at > 0 && values[at].CompareTo(values[at - 1]) < 0)
                    {
                        section.Fail(field, "It is less than that of the level below.", "Let the values rise with the level, or stay.");
                    }
                }

                return section;
            }
        );
        return values;
    }
}
