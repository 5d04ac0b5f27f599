using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads an agent's limits on what it may do in all, itself and through children.</summary>
internal static class AgentLimitFields
{
    private static readonly FieldFormat<TimeSpan> Per = Quantities.Window(
        TimeSpan.FromMinutes(1),
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1)
    );

    private static readonly FieldFormat<string> Currency = new(
        "a three-letter currency code",
        "EUR",
        (string text, out string value) =>
        {
            value = text;
            return text.Length == 3 && text.All(char.IsAsciiLetter);
        },
        value => value
    );

    public static CumulativeLimit? ReadCumulative(MappingReader spec) =>
        spec.Section(
            "cumulative",
            section =>
            {
                var calls = section.OptionalValue("calls", Formats.Long(1, MinorUnits.MaxAmount));
                var amount = section.OptionalValue("amount", Formats.Long(1, MinorUnits.MaxAmount));
                var currency = section.OptionalText("currency", Currency);
                if (calls is null && amount is null)
                {
                    section.Fail("", "It limits nothing.", "Add calls, amount or both.", section.Position);
                }

                if (currency is not null && amount is null)
                {
                    section.Fail("currency", "There is no amount for it.", "Add amount, in minor units, or remove it.");
                }

                return new CumulativeLimit(calls, amount, currency, section.Required("per", Per));
            }
        );

    public static ChildLimits? ReadChildren(MappingReader spec) =>
        spec.Section(
            "children",
            section => new ChildLimits(
                section.Required("depth", Formats.Integer(0, 8)),
                section.Required("fanOut", Formats.Integer(0, 1_000))
            )
        );
}
