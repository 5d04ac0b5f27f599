namespace Gateway.Proxy.Tests.Architecture;

/// <summary>How a broken rule is shown: every offender, and what to do.</summary>
internal static class Offences
{
    public static void AssertNone(IEnumerable<string> offences)
    {
        var all = offences.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} against the house:\n{string.Join('\n', all)}");
    }
}
