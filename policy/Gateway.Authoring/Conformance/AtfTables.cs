using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>The requirements as the documentation shows them.</summary>
public static class AtfTables
{
    /// <summary>The levels that an agent can have, each with the framework's name for it.</summary>
    internal static IReadOnlyList<(AtfLevel Level, string Name)> Levels { get; } =
    [(AtfLevel.L1, "L1 intern"), (AtfLevel.L2, "L2 junior"), (AtfLevel.L3, "L3 senior"), (AtfLevel.L4, "L4 principal")];

    /// <summary>The elements by their letters.</summary>
    internal static IReadOnlyList<(char Letter, string Name)> Elements { get; } =
    [('I', "identity"), ('B', "behaviour"), ('D', "data"), ('S', "segmentation"), ('R', "incident response")];

    public static string Requirements()
    {
        var text = new StringBuilder(
            "| id | must from | what it asks, in our words | at most | how, and what of the documents counts | test |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
        );
        foreach (var one in AtfRequirements.All)
        {
            text.Append(
                null,
                $"| {one.Id} | {Vocabulary.Level.Text(one.MustFrom)} | {one.Asks} | {one.Most.Text()} | {one.How} | `{one.Test}` |\n"
            );
        }

        return text.ToString();
    }

    /// <summary>For each level, what Gateway alone leaves open.</summary>
    public static string Beyond()
    {
        var text = new StringBuilder("| level | demanded | of these Gateway alone can't meet in full |\n| --- | --- | --- |\n");
        foreach (var (level, name) in Levels)
        {
            var demanded = AtfRequirements.All.Count(one => one.MustFrom <= level);
            var beyond = AtfRequirements.BeyondGatewayAt(level);
            text.Append(null, $"| {name} | {demanded} | {beyond.Count}: {string.Join(", ", beyond.Select(one => one.Id))} |\n");
        }

        return text.ToString();
    }
}
