using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads an agent's <c>promotions</c>.</summary>
internal static class PromotionFields
{
    private const int MaxPromotions = 20;
    private const int MaxPerson = 200;

    public static IReadOnlyList<Promotion> Read(MappingReader spec) => spec.Sections("promotions", ReadOne, least: 0, MaxPromotions);

    private static Promotion ReadOne(MappingReader section)
    {
        var to = section.Required("to", Vocabulary.Level.Format);
        if (to == AtfLevel.L1)
        {
            section.Fail("to", "Every agent begins at L1.", "Use L2, L3 or L4.");
        }

        var on = section.Required("on", Formats.Date);
        var people = section.List("signedBy", Formats.Text(MaxPerson), fallback: null, least: 1, most: 20);
        var distinct = people.DistinctBy(PersonName.Of).ToList();
        if (distinct.Count < people.Count)
        {
            section.Fail("signedBy", "One person stands in the list twice.", "Keep one.");
        }

        return new Promotion(to, on, distinct);
    }
}
