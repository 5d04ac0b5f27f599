using System.Globalization;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Profiles as the documentation shows them.</summary>
internal static class ProfileTables
{
    /// <summary>One row for each action, target and risk, and beside a read of an external target what it is if it sends content.</summary>
    public static string Boundary(BoundaryTable table)
    {
        var text = new StringBuilder();
        text.Append("| action | target | risk | L1 | L2 | L3 | L4 |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in BoundaryTable.Cells.GroupBy(c => (c.Action, c.Scope, c.Tier)))
        {
            text.Append(
                null,
                $"| {Vocabulary.Action.Text(row.Key.Action)} | {Vocabulary.Scope.Text(row.Key.Scope)} "
                    + $"| {Vocabulary.Risk.Text(row.Key.Tier)} "
            );
            foreach (var cell in row)
            {
                text.Append(null, $"| {Vocabulary.Effect.Text(table[cell])} ");
            }

            text.Append("|\n");
            if (row.Key is { Action: ActionType.Read, Scope: TargetScope.External })
            {
                AppendSending(text, table, [.. row]);
            }
        }

        return text.ToString();
    }

    private static void AppendSending(StringBuilder text, BoundaryTable table, IReadOnlyList<BoundaryCell> row)
    {
        text.Append(null, $"| read that sends content | external | {Vocabulary.Risk.Text(row[0].Tier)} ");
        foreach (var (level, action, tier, scope) in row)
        {
            text.Append(null, $"| {Vocabulary.Effect.Text(table.EffectOf(level, action, tier, scope, Sends.Content))} ");
        }

        text.Append("|\n");
    }

    /// <summary>Everything else of the profiles that ship, side by side.</summary>
    public static string Rest()
    {
        var text = new StringBuilder();
        text.Append(
            null,
            $"| | {string.Join(" | ", BuiltInProfiles.All.Select(p => $"`{p.Id}`"))} |\n"
                + $"| --- |{string.Concat(BuiltInProfiles.All.Select(_ => " --- |"))}\n"
        );
        Row("highest level of a bearer key (`bearerUpTo`)", p => Vocabulary.Level.Text(p.BearerUpTo));
        foreach (var requirement in Vocabulary.Requirement.Values)
        {
            Row(
                $"`{Vocabulary.Requirement.Text(requirement)}` binds from",
                p => p.Binds.TryGetValue(requirement, out var level) ? Vocabulary.Level.Text(level) : "never"
            );
        }

        Row("people who sign for L2, L3, L4 (`signOffs`)", p => string.Join(", ", p.SignOffs.Skip(1)));
        Row(
            "they are none of the agent's owners (`independentFrom`)",
            p => p.IndependentFrom is { } level ? $"from {Vocabulary.Level.Text(level)} on" : "never"
        );
        Row(
            "seconds that a decision token lives at L1 to L4 (`decisionTokens`)",
            p => string.Join(", ", p.TokenLifetimes.Select(t => t.TotalSeconds))
        );
        Row("days that a passed red-team test counts (`redTeamMaxDays`)", p => Days(p.Ages.RedTeam));
        Row("days that a playbook's test counts (`playbookMaxDays`)", p => Days(p.Ages.Playbooks));
        Row("external actions must say which data they move (`dataDeclared`)", p => p.DataDeclared ? "yes" : "no");
        Row("demotion of every agent (`demote`)", p => p.Demotions.Count == 0 ? "none" : string.Join("; ", p.Demotions.Select(Text)));
        Row(
            "all but reads recorded in detail from (`notifiesFrom`)",
            p => p.NotifiesFrom is { } level ? Vocabulary.Level.Text(level) : "never"
        );
        return text.ToString();

        void Row(string name, Func<Profile, string> cell) =>
            text.Append(null, $"| {name} | {string.Join(" | ", BuiltInProfiles.All.Select(cell))} |\n");
    }

    private static string Days(int? days) => days?.ToString(CultureInfo.InvariantCulture) ?? "any";

    private static string Text(Demotion demotion) =>
        string.Join(", ", Vocabulary.Trigger.Values.Where(t => demotion.On.HasFlag(t)).Select(t => $"`{Vocabulary.Trigger.Text(t)}`"))
        + $" to {Vocabulary.Level.Text(demotion.To)}";
}
