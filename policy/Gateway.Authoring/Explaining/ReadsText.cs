using Gateway.Authoring.Changes;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>What a decision read, in words.</summary>
public static class ReadsText
{
    private static readonly Reads[] Single = [.. Enum.GetValues<Reads>().Where(r => int.PopCount((int)r) == 1)];

    /// <summary>One word for each attribute, in a fixed order.</summary>
    public static IEnumerable<string> Of(Reads reads) => Single.Where(one => (reads & one) != 0).Select(one => Words.Snake(one.ToString()));
}
