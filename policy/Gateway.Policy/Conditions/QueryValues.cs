using Gateway.Cel.Values;

namespace Gateway.Policy.Conditions;

/// <summary>A query's parameters as conditions read them.</summary>
internal static class QueryValues
{
    /// <summary>A map of each name to its values, all decoded once; a plus is a blank. One without a value has the empty text.</summary>
    public static CelValue Of(string pathAndQuery)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
        {
            return CelValue.From(EntryMap.Empty);
        }

        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var parameter in pathAndQuery[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = Decoded(equals < 0 ? parameter : parameter[..equals]);
            if (!values.TryGetValue(name, out var known))
            {
                values[name] = known = [];
            }

            known.Add(equals < 0 ? "" : Decoded(parameter[(equals + 1)..]));
        }

        return EntryMap.TryCreate([.. values.Keys.Select(CelValue.From)], [.. values.Values.Select(CelValue.From)]) is { } map
            ? CelValue.From(map)
            : default;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
