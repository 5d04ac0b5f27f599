using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>Which published threats each reason answers, as data. A reason without one is about order, not about an attack.</summary>
public static class Threats
{
    private static readonly Threat[][] Table = [.. Enum.GetValues<ReasonCode>().Select(Describe)];

    /// <summary>In the order of the lists; empty for none.</summary>
    public static IReadOnlyList<Threat> Of(ReasonCode reason) => Table[(int)reason];

    /// <summary>The table as the documentation shows it.</summary>
    internal static string ToMarkdown()
    {
        var text = new StringBuilder("| reason | OWASP and MITRE ATLAS |\n| --- | --- |\n");
        foreach (var reason in Enum.GetValues<ReasonCode>().Where(r => r != ReasonCode.None && Of(r).Count > 0))
        {
            text.Append(null, $"| `{Reasons.Of(reason).Code}` | {string.Join("; ", Of(reason).Select(t => $"{t.Id} {t.Name}"))} |\n");
        }

        return text.ToString();
    }

    private static Threat[] Describe(ReasonCode reason) =>
        [
            .. new[] { Reasons.Of(reason).Owasp }
                .OfType<string>()
                .Concat(ThreatsByReason.Of(reason))
                .Distinct()
                .Order(KnownThreats.ListOrder.Instance)
                .Select(id => KnownThreats.ById[id]),
        ];
}
